import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatOf } from '../../../lib/agent/tarball/compression.ts';
import { compress } from '../../support/agent/tarball.ts';
import { itWith } from '../../support/suite/programs.ts';

describe('formatOf', () => {
  for (const by of ['zstd', 'xz', 'bzip2'] as const)
    itWith(by, `tells ${by} by its first bytes`, () => {
      const format = formatOf(compress(Buffer.from('text'), by));
      expect(format).toEqual({ name: by, program: expect.stringContaining(`${by} -dc`) });
    });

  it('tells gzip by its first bytes', () => {
    const format = formatOf(compress(Buffer.from('text'), 'gzip'));
    expect(format).toEqual({ name: 'gzip', program: expect.stringContaining('gzip -dc') });
  });

  it('takes anything else for a plain tarball', () => {
    expect(formatOf(Buffer.from('anything'))).toEqual({ name: 'none' });
    expect(formatOf(Buffer.alloc(0))).toEqual({ name: 'none' });
  });

  it('lets Node step in for a program that is not installed', () => {
    for (const by of ['zstd', 'gzip'] as const) {
      const format = formatOf(compress(Buffer.from('text'), by), '/nowhere');
      expect(format.program).toBeUndefined();
      expect(format.decode).toBeInstanceOf(Function);
    }
  });

  it('fails when neither can do it, and says what to install', () => {
    const start = Buffer.from('fd377a585a00', 'hex');
    expect(() => formatOf(start, '/nowhere')).toThrow('no xz on this machine; install it');
  });

  it('takes no file for a program that cannot be run', () => {
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-format-'));
    writeFileSync(join(folder, 'gzip'), '');
    const start = compress(Buffer.from('text'), 'gzip');
    chmodSync(join(folder, 'gzip'), 0o644);
    expect(formatOf(start, folder).decode).toBeDefined();
    chmodSync(join(folder, 'gzip'), 0o755);
    expect(formatOf(start, folder).decode).toBeUndefined();
    rmSync(folder, { recursive: true });
  });
});
