import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Events } from '../../../lib/agent/host/events.ts';
import {
  currentId,
  currentRelease,
  keptReleases,
  nextId,
  writeNote,
} from '../../../lib/agent/releases/release-notes.ts';
import {
  isRunning,
  noteRunning,
  noteSwitching,
  previousIds,
  releasesInUse,
} from '../../../lib/agent/releases/running.ts';
import { pointAt, stageLinks } from '../../../lib/agent/releases/switch.ts';
import { beginWork, makeRoom, recover } from '../../../lib/agent/releases/workspace.ts';
import { layoutOf, type RepositoryPaths } from '../../../lib/agent/session/layout.ts';

const events = new Events(() => undefined);

const entry = { branch: 'main', commit: 'a'.repeat(40) };

describe('what the agent notes', () => {
  let root: string;
  let paths: RepositoryPaths;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'holdfast-notes-'));
    paths = layoutOf(root).repository('site');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function keep(id: string): void {
    mkdirSync(paths.release(id), { recursive: true });
    writeNote(paths, id, { entry, submodules: false });
  }

  it('lies in a folder that no repository can be named after', () => {
    expect(layoutOf('/srv').stateFolder).toBe('/srv/.holdfast');
    expect(layoutOf('/srv').repository('lock').current).toBe('/srv/lock/current');
  });

  it('orders releases by their numbers', () => {
    expect(nextId(paths, 'abcdef0123456789')).toBe('1-abcdef012345');
    for (const id of ['9-a', '10-b', '8-c']) keep(id);
    expect(keptReleases(paths).map(({ id }) => id)).toEqual(['8-c', '9-a', '10-b']);
    expect(nextId(paths, 'f')).toBe('11-f');
  });

  it('knows no release whose note or folder is missing or damaged', () => {
    for (const id of ['1-a', '2-b', '3-c']) keep(id);
    rmSync(paths.release('1-a'), { recursive: true });
    writeFileSync(paths.note('2-b'), '{');
    expect(keptReleases(paths).map(({ id }) => id)).toEqual(['3-c']);
  });

  it('knows what is current', () => {
    expect(currentId(paths)).toBeUndefined();
    keep('1-a');
    stageLinks(layoutOf(root), { site: '1-a' });
    pointAt(paths, '1-a');
    expect(currentRelease(paths)).toEqual({ id: '1-a', note: { entry, submodules: false } });
    rmSync(paths.release('1-a'), { recursive: true });
    expect(currentId(paths)).toBeUndefined();
    pointAt(paths, null);
    expect(existsSync(paths.current)).toBe(false);
  });

  it('fails to switch what is no link, and says what to do', () => {
    mkdirSync(join(paths.current, 'x'), { recursive: true });
    expect(() => stageLinks(layoutOf(root), { site: '1-a' })).toThrow(
      'found something else than a symlink; move it away',
    );
  });

  it('knows what runs, until a switch begins', () => {
    const layout = layoutOf(root);
    expect(isRunning(layout, { site: '1-a' })).toBe(false);
    noteRunning(layout, { site: '1-a' });
    expect(isRunning(layout, { site: '1-a' })).toBe(true);
    expect(isRunning(layout, { site: '2-b' })).toBe(false);
    noteSwitching(layout, { site: '1-a' }, {});
    expect(isRunning(layout, { site: '1-a' })).toBe(false);
  });

  it('knows where an unfinished switch came from, and keeps that', () => {
    const layout = layoutOf(root);
    for (const id of ['1-a', '2-b']) keep(id);
    noteSwitching(layout, { site: '1-a', other: null }, {});
    stageLinks(layout, { site: '2-b' });
    pointAt(paths, '2-b');
    expect(previousIds(layout, ['site'])).toEqual({ site: '1-a' });
    expect(releasesInUse(layout, 'site').toSorted()).toEqual(['1-a', '2-b']);
    rmSync(paths.release('1-a'), { recursive: true });
    expect(previousIds(layout, ['site'])).toEqual({ site: '2-b' });
  });

  it('makes room for one more, of what is not in use, strangers first', () => {
    for (const id of ['1-a', '2-b', '3-c']) keep(id);
    mkdirSync(paths.release('stranger'));
    makeRoom(paths, ['1-a'], events);
    expect(readdirSync(paths.releases).toSorted()).toEqual(['1-a', '3-c']);
    expect(readdirSync(paths.notes).toSorted()).toEqual(['1-a.json', '3-c.json']);
  });

  it('recovers: no half-written tree, no note without a release', () => {
    keep('1-a');
    beginWork(paths);
    writeFileSync(join(paths.work, 'half'), '');
    for (const name of ['2-b.json', '1-a.json.new', '2-b.index', '2-b.index.lock', '1-a.index'])
      writeFileSync(join(paths.notes, name), '');
    recover(paths, events);
    expect(existsSync(paths.work)).toBe(false);
    expect(readdirSync(paths.notes).toSorted()).toEqual(['1-a.index', '1-a.json']);
    symlinkSync('releases/1-a', paths.current);
    expect(currentId(paths)).toBe('1-a');
  });
});
