import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mountsAt } from '../../../lib/agent/host/mounts.ts';

describe('what is mounted at a folder or below it', () => {
  let root: string;
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'holdfast-mounts-')));
    for (const name of ['uploads', 'a b\\c\td', 'ünï'])
      mkdirSync(join(root, 'old', name), { recursive: true });
    symlinkSync('old', join(root, 'link'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  /** The file as the kernel writes it: names are bytes. */
  const mountinfo = (...points: string[]) =>
    points
      .map((point) => `36 35 98:0 /mnt1 ${Buffer.from(point).toString('latin1')} rw - ext3 /dev/root rw\n`)
      .join('');

  it('is named by its path', () => {
    const old = join(root, 'old');
    const escaped = `${old}/a\\040b\\134c\\011d`;
    const text = mountinfo('/', '/proc', `${old}/uploads`, escaped, `${old}/ünï`, `${old}er`, `${root}/new`);
    expect(mountsAt(old, text)).toEqual([`${old}/uploads`, `${old}/a b\\c\td`, `${old}/ünï`]);
    const below = mountinfo(`${old}/uploads/x`);
    expect(mountsAt(join(root, 'link/uploads'), below)).toEqual([`${old}/uploads/x`]);
    expect(mountsAt(join(root, 'link'), below)).toEqual([]);
    expect(mountsAt(old, mountinfo(old))).toEqual([old]);
    expect(mountsAt(old, mountinfo('/', root))).toEqual([]);
  });

  it('is read from the kernel', () => {
    expect(mountsAt('/')).toContain('/proc');
    expect(mountsAt(root)).toEqual([]);
  });
});
