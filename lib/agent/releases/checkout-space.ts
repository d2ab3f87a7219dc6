import { messageOf } from '../../release/errors.ts';
import type { Git } from '../git/git.ts';
import { diskFull, roomAt } from '../host/space.ts';
import type { RepositoryPaths } from '../session/layout.ts';

/** Smallest allocation of file systems. Bytes. */
const blockBytes = 4096;

/**
 * Explains a failed checkout. Git does not say why it could not write a file, so the commit's size is compared with
 * the free space once the half-written tree is gone.
 */
export async function explainCheckoutFailure(
  error: unknown,
  git: Git,
  { mirror, work }: RepositoryPaths,
  commit: string,
): Promise<unknown> {
  const listed = await git.try({ dir: mirror }, ['ls-tree', '-r', '-l', commit]);
  const sizes = [...listed.stdout.matchAll(/^\d+ blob [0-9a-f]+ +(\d+)\t/gm)].map(([, size]) => Number(size));
  const needed = sizes.reduce((sum, size) => sum + Math.ceil(size / blockBytes) * blockBytes, 0);
  const { bytes, files = Number.POSITIVE_INFINITY } = roomAt(work);
  return needed > bytes || sizes.length > files ? diskFull(messageOf(error), work, needed) : error;
}
