import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cleanStampOf, stampAsClean } from '../../../lib/agent/releases/clean-stamp.ts';

describe('the seal of a tree', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-seal-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('lies between the last write before it and the first write after it, however close', async () => {
    const tree = { id: '1-a', path: folder, index: join(folder, '1-a.index') };
    writeFileSync(tree.index, '');
    for (let n = 0; n < 20; n += 1) {
      writeFileSync(join(folder, 'before'), `${n}`);
      await stampAsClean(tree);
      writeFileSync(join(folder, 'after'), `${n}`);
      const moment = statSync(cleanStampOf(tree)).mtimeMs;
      expect(statSync(join(folder, 'before')).ctimeMs).toBeLessThanOrEqual(moment);
      expect(statSync(join(folder, 'after')).ctimeMs).toBeGreaterThan(moment);
    }
  });

  it('makes the index newer than every file, so that git need not read them', async () => {
    const tree = { id: '1-a', path: folder, index: join(folder, '1-a.index') };
    writeFileSync(tree.index, '');
    await stampAsClean(tree);
    expect(statSync(tree.index).mtimeMs).toBeGreaterThan(statSync(cleanStampOf(tree)).mtimeMs + 1_000);
  });
});
