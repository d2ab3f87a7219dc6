import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareUnits, placeUnits } from '../../../lib/agent/systemd/unit-files.ts';

describe('unit files', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-units-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const own = /^own-\d+\.path$/;
  const put = (units: Record<string, string>) => {
    const changes = compareUnits(folder, own, units);
    placeUnits(folder, changes, units);
    return changes;
  };

  it('are written whole, for everyone to read', () => {
    expect(put({ 'own-1.path': 'one' })).toEqual({ stale: [], changed: ['own-1.path'] });
    expect(readFileSync(join(folder, 'own-1.path'), 'utf8')).toBe('one');
    expect(statSync(join(folder, 'own-1.path')).mode & 0o777).toBe(0o644);
  });

  it('are left alone when nothing changed', () => {
    put({ 'own-1.path': 'one' });
    const { ino } = statSync(join(folder, 'own-1.path'));
    expect(put({ 'own-1.path': 'one' })).toEqual({ stale: [], changed: [] });
    expect(statSync(join(folder, 'own-1.path')).ino).toBe(ino);
  });

  it('go when nothing wants them, others stay', () => {
    put({ 'own-1.path': 'one', 'own-2.path': 'two' });
    writeFileSync(join(folder, 'other.path'), 'not ours');
    expect(put({ 'own-1.path': 'new' })).toEqual({ stale: ['own-2.path'], changed: ['own-1.path'] });
    expect(readdirSync(folder).toSorted()).toEqual(['other.path', 'own-1.path']);
  });
});
