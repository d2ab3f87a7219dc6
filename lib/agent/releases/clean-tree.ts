import type { Git } from '../git/git.ts';
import { type RunResult, run } from '../host/run.ts';
import { settleAll } from '../host/settle-all.ts';
import { cleanStampOf, isStampedAhead } from './clean-stamp.ts';
import type { Tree } from './working-tree.ts';

/**
 * Removes everything that was written into a tree since its stamp, then everything that its index does not name.
 * `false` if that cannot be done for certain. There is almost never anything to remove, so git looks at the same
 * time.
 */
export async function cleanTree(git: Git, mirror: string, tree: Tree): Promise<boolean> {
  if (isStampedAhead(tree)) return false;
  const place = { dir: mirror, tree };
  const [swept, looked] = await settleAll([removeWhatIsNewer(tree), git.try(place, ['clean', '-ffdxn'])]);
  if (swept.code !== 0) return false;
  if (looked.code === 0 && looked.stdout === '' && swept.stdout === '') return true;
  return (await git.try(place, ['clean', '-ffdxq'])).code === 0;
}

/** Whether nothing was added, changed or removed. Changes nothing, so it may run beside a fetch. */
export async function isUntouched(git: Git, mirror: string, tree: Tree): Promise<boolean> {
  if (isStampedAhead(tree)) return false;
  const place = { dir: mirror, tree };
  const differing = ['ls-files', '--others', '--directory', '--modified', '-z'];
  const looks = await settleAll([find(tree, () => []), git.try(place, differing)]);
  return looks.every(({ code, stdout }) => code === 0 && stdout === '');
}

async function removeWhatIsNewer(tree: Tree): Promise<RunResult> {
  return await find(tree, (program, ...args) => ['-exec', program, ...args, '{}', '+']);
}

/**
 * Finds everything that was written after the stamp; otherwise a folder that was moved away and replaced by a link to
 * itself would count as unchanged. Git ignores folders named .git and the owners and modes of folders, so those are
 * found too. Each hit prints a mark; `mend` adds what to do with it.
 */
async function find(tree: Tree, mend: (program: string, ...args: string[]) => string[]): Promise<RunResult> {
  const user = `${process.getuid?.()}`;
  const mark = ['-printf', 'x'];
  const gitFolders = ['-name', '.git', '-prune', ...mark, ...mend('rm', '-rf')];
  const owners = ['!', '-user', user, ...mark, ...mend('chown', user)];
  const modes = ['!', '-perm', '0755', ...mark, ...mend('chmod', '00755')];
  const folders = ['-type', 'd', '(', ...owners, ',', ...modes, ')'];
  const changed = ['!', '-type', 'd', '-cnewer', cleanStampOf(tree), ...mark, ...mend('rm', '-f')];
  return await run('find', ['.', ...gitFolders, '-o', ...folders, '-o', ...changed], {
    cwd: tree.path,
    env: { PATH: process.env.PATH },
    seconds: 600,
  });
}
