import { limits } from '../tarball/member-check.ts';
import { quoteName, Rejection } from './rejection.ts';

/** The commit object, the first member of an archive. */
export const commitMember = 'commit';
/** The folder that holds the commit's files. */
export const treeFolder = 'tree';

/** Path of a member within the tree; '' for the tree itself. Refuses names that git would not check out. */
export function treePath(name: string, isFolder: boolean): string {
  if (isFolder && name === treeFolder) return '';
  const [first, ...parts] = name.split('/');
  if (first !== treeFolder || name.length > limits.name || parts.length === 0 || !parts.every(isName))
    throw new Rejection(`${quoteName(name)} is not a path inside the tree`);
  return parts.join('/');
}

function isName(part: string): boolean {
  return part !== '' && part !== '.' && part !== '..' && !part.includes('\0') && !/^\.git$/i.test(part);
}
