import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missingForMachines, needMachines } from '../../../../lib/rehearsal/hosts/machine/prerequisites.ts';

describe('what machine hosts need', () => {
  const { HOLDFAST_CACHE } = process.env;
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
  beforeEach(() => {
    process.env.HOLDFAST_CACHE = '/nowhere';
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
    if (HOLDFAST_CACHE === undefined) delete process.env.HOLDFAST_CACHE;
    else process.env.HOLDFAST_CACHE = HOLDFAST_CACHE;
  });

  const computer = { platform: 'linux', user: 0, path: folder, mayEnclose: () => true };

  it('is Linux', () => {
    expect(missingForMachines({ ...computer, platform: 'darwin' })).toEqual(['Linux']);
  });

  it('is root', () => {
    const missing = missingForMachines({ ...computer, user: 1000 });
    expect(missing).toEqual(['root: machines are containers; start it as root']);
  });

  it('is the right to make namespaces, which root in a container may not have', () => {
    const missing = missingForMachines({ ...computer, mayEnclose: () => false });
    expect(missing).toEqual(['the right to make namespaces: start it outside of a container']);
  });

  it('is programs, each named with its Debian package', () => {
    for (const program of ['ip', 'unshare', 'setpriv']) writeFileSync(join(folder, program), '');
    expect(missingForMachines(computer).slice(0, 2)).toEqual([
      'systemd-nspawn: apt-get install systemd-container',
      'nsenter: apt-get install util-linux',
    ]);
  });

  it('is a root file system, and the error names the command that builds it', () => {
    const sentence = /the root file system \/nowhere\/root-[0-9a-f]{16}: npm run root-file-system$/;
    expect(missingForMachines(computer).at(-1)).toMatch(sentence);
    expect(() => needMachines(computer)).toThrow(sentence);
  });
});
