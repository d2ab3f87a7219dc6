import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { factFiles, writeFacts } from '../../../lib/agent/boot/facts.ts';
import { readInit } from '../../../lib/agent/boot/init.ts';
import { readCursor } from '../../../lib/agent/log/place.ts';
import { isInRole } from '../../../lib/agent/provision/provision.ts';
import { formatEnvironment } from '../../../lib/agent/refresh/environment-file.ts';
import { reportRefresh } from '../../../lib/agent/refresh/refresh-report.ts';
import { currentRelease } from '../../../lib/agent/releases/release-notes.ts';
import { isRunning, noteReplaced, noteRunning, previousIds } from '../../../lib/agent/releases/running.ts';
import { type Layout, layoutOf } from '../../../lib/agent/session/layout.ts';
import type { Session } from '../../../lib/agent/session/session.ts';
import { readSettings } from '../../../lib/agent/settings.ts';
import { versionFolder } from '../version-folder.ts';
import type { Readers } from './readers.ts';

const ids = { site: '1-e84e710f3afe', states: '1-f40da6ca038b', assets: '1-9aac88f7b904' };
const states = 'f40da6ca038b211430fe41dd791319b755cbf2f3';
const own = 'instance/srv/holdfast/.holdfast';

/** Everything that 0.1.0 left on an instance, since its last boot, with the releases that it names. */
function machine(without: readonly string[] = []): { home: string; layout: Layout; session: Session } {
  const home = mkdtempSync(join(tmpdir(), 'holdfast-version-'));
  homes.push(home);
  cpSync(join(versionFolder, 'instance'), home, { recursive: true });
  const layout = layoutOf(join(home, 'srv/holdfast'));
  for (const name of without) rmSync(join(layout.stateFolder, name));
  for (const [name, id] of Object.entries(ids)) {
    const { current, release } = layout.repository(name);
    mkdirSync(release(id), { recursive: true });
    symlinkSync(release(id), current);
  }
  const settings = readSettings(join(home, 'etc/holdfast/agent.json'));
  return { home, layout, session: { settings, layout } as unknown as Session };
}

const homes: string[] = [];
afterAll(() => {
  for (const home of homes) rmSync(home, { recursive: true, force: true });
});

/** As if it were written since this machine booted. */
function sinceBoot(file: string): void {
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  writeFileSync(file, readFileSync(file, 'utf8').replace(/"boot":"[^"]*"/, `"boot":"${boot}"`));
}

const note = (name: keyof typeof ids) => currentRelease(machine().layout.repository(name))?.note;

export const instanceReaders: Readers = {
  'instance/opt/holdfast/init.json': () =>
    expect(readInit(join(machine().home, 'opt/holdfast/init.json'))).toEqual({
      environment: 'test',
      service: 'web',
      role: 'web',
      bucket: 'store',
      agent: 'bf6d3a6439d5b5432274add8f9408781b51e0a2aeae61963e4ba2ad3e9a1c504',
      configurationBranch: 'main',
    }),
  'instance/etc/holdfast/agent.json': (text) => {
    const { settings } = machine().session;
    expect(settings).toEqual(JSON.parse(text));
    expect(settings).toMatchObject({ service: 'web', configuration: 'states', instance: { group: 'fleet' } });
  },
  'instance/etc/holdfast/values.env': (text) => {
    const values = { STAGE: 'test', TOKEN: 't-"1$`', DATABASE: 'postgres://db:5432/shop\nsecond line' };
    expect(formatEnvironment(values)).toBe(text);
  },
  'instance/etc/salt/minion.d/holdfast.conf': (text) => expect(factsIn('salt')).toBe(text),
  'instance/etc/ansible/facts.d/holdfast.fact': (text) => expect(factsIn('ansible')).toBe(text),
  'instance/var/lib/holdfast/log.json': () =>
    expect(readCursor(machine().home)).toBe('s=4ab8;i=3a1;b=51f2;m=9c0;t=5e1;x=77d'),
  [`${own}/repositories/site/notes/${ids.site}.json`]: () =>
    expect(note('site')).toMatchObject({
      entry: { branch: 'main', overlay: { version: 'v0000000000000002' } },
      build: 'true',
      info: { author: 'Ada', subject: 'Say hello' },
    }),
  [`${own}/repositories/states/notes/${ids.states}.json`]: () =>
    expect(note('states')).toMatchObject({ entry: { commit: states }, submodules: false, lfs: false }),
  [`${own}/repositories/assets/notes/${ids.assets}.json`]: () =>
    expect(note('assets')).toMatchObject({ entry: { artifact: { key: 'builds/assets-77.tar.zst' } } }),
  [`${own}/running.json`]: () => {
    const { layout } = machine(['switching.json']);
    sinceBoot(layout.running);
    expect(isRunning(layout, ids)).toBe(true);
    noteReplaced(layout, 'states', '2-aaaaaaaaaaaa');
    expect(JSON.parse(readFileSync(layout.running, 'utf8')).releases).toEqual({
      ...ids,
      states: '2-aaaaaaaaaaaa',
    });
  },
  [`${own}/running.json.next`]: () => {
    const { layout } = machine(['running.json']);
    sinceBoot(layout.nextRunning);
    noteRunning(layout, ids);
    expect(isRunning(layout, ids)).toBe(true);
  },
  [`${own}/switching.json`]: () => {
    const { layout } = machine();
    sinceBoot(layout.running);
    expect(isRunning(layout, ids)).toBe(false);
    expect(previousIds(layout, Object.keys(ids))).toEqual({ ...ids, site: null });
  },
  [`${own}/provisioned.json`]: () => {
    expect(isInRole(machine().session)).toBe(true);
    expect(isInRole(machine(['provisioned.json']).session)).toBe(false);
  },
  [`${own}/refreshed.json`]: async () => {
    const release = { states: { branch: 'main', commit: states } };
    await reportRefresh(withStores(machine().session), release, {}, []);
    await expect(
      reportRefresh(withStores(machine(['refreshed.json']).session), release, {}, []),
    ).rejects.toThrow('reports again');
  },
  [`${own}/drained.json`]: (text) => {
    expect(JSON.parse(readFileSync(machine().layout.drained, 'utf8'))).toEqual(JSON.parse(text));
    expect(JSON.parse(text)).toEqual({ at: '2026-11-22T10:00:00.000Z' });
  },
};

/** A desk at which nothing can be sent. */
function withStores(session: Session): Session {
  const objects = () => Promise.reject(new Error('reports again'));
  return { ...session, stores: { objects } as unknown as Session['stores'] };
}

function factsIn(tool: keyof typeof factFiles): string {
  const home = mkdtempSync(join(tmpdir(), 'holdfast-version-'));
  homes.push(home);
  const facts = {
    environment: 'test',
    service: 'web',
    role: 'web',
    colour: 'blue',
    instance: 'i-0123456789abcdef0',
  };
  writeFacts(home, 'web-i-0123456789abcdef0', facts);
  return readFileSync(join(home, factFiles[tool]), 'utf8');
}
