import type { Git } from '../git/git.ts';
import { type RunResult, run } from '../host/run.ts';
import { cleanStampOf, isStampedAhead } from './clean-stamp.ts';
import type { Tree } from './working-tree.ts';

/**
 * Removes everything that was written into a tree since its stamp, then everything that its index does not name.
 * `false` if that cannot be done for certain.
 */
export async function cleanTree(git: Git, mirror: string, tree: Tree): Promise<boolean> {
  const found = await look(tree);
  if (found === 'unsafe') return false;
  if (found === 'changed' && !(await removeWhatIsNewer(tree))) return false;
  const cleaned = await git.try({ dir: mirror, tree }, ['clean', '-ffdxq']);
  return cleaned.code === 0 && cleaned.stderr === '';
}

/** Whether nothing was added, changed or removed. Changes nothing, so it may run beside a fetch. */
export async function isUntouched(git: Git, mirror: string, tree: Tree): Promise<boolean> {
  if ((await look(tree)) !== 'same') return false;
  const differing = ['ls-files', '--others', '--directory', '--modified', '-z'];
  const { code, stdout } = await git.try({ dir: mirror, tree }, differing);
  return code === 0 && stdout === '';
}

/**
 * What was written after the stamp; otherwise a folder that was moved away and replaced by a link to itself would count
 * as unchanged. `unsafe`: somebody else may make and exchange names in a folder of it, so that a program that goes by
 * names could be led out of the tree, or nothing is certain.
 */
async function look(tree: Tree): Promise<'same' | 'changed' | 'unsafe'> {
  if (isStampedAhead(tree)) return 'unsafe';
  const others = ['-type', 'd', '(', '!', '-user', `${process.getuid?.()}`, '-o', '-perm', '/022', ')'];
  const changes = changesSince(tree, () => ['-printf', 'x']);
  const { code, stdout } = await find(tree, [...others, '-printf', 'o', '-quit', '-o', ...changes]);
  if (code !== 0 || stdout.includes('o')) return 'unsafe';
  return stdout === '' ? 'same' : 'changed';
}

/** Goes by names: call it when nobody else may write to a folder of the tree. */
async function removeWhatIsNewer(tree: Tree): Promise<boolean> {
  const mend = (...command: string[]) => ['-exec', ...command, '{}', '+'];
  return (await find(tree, changesSince(tree, mend))).code === 0;
}

/** Git ignores folders named .git and the modes of folders, so those are found too. `mend` says what to do with a hit. */
function changesSince(tree: Tree, mend: (...command: string[]) => string[]): string[] {
  const gitFolders = ['-name', '.git', '-prune', ...mend('rm', '-rf')];
  const modes = ['-type', 'd', '!', '-perm', '0755', ...mend('chmod', '00755')];
  const changed = ['!', '-type', 'd', '-cnewer', cleanStampOf(tree), ...mend('rm', '-f')];
  return [...gitFolders, '-o', ...modes, '-o', ...changed];
}

async function find(tree: Tree, expression: readonly string[]): Promise<RunResult> {
  return await run('find', ['.', ...expression], {
    cwd: tree.path,
    env: { PATH: process.env.PATH },
    seconds: 600,
  });
}
