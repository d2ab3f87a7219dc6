import { command } from './command.ts';
import type { Setting } from './setting.ts';
import { at } from './setting.ts';

/** Throws unless a folder holds exactly the files of another; what tools keep beside them is left out. */
export async function sameTree(setting: Setting, found: string, expected: string): Promise<void> {
  const left = ['.git', 'REVISION', 'log'].flatMap((name) => ['--exclude', name]);
  await command('diff', ['--recursive', '--brief', ...left, `${expected}/`, `${found}/`], at(setting));
}
