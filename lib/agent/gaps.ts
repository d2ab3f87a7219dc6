import { all } from './all.ts';
import type { Events } from './events.ts';
import type { Git, Place } from './git.ts';

/** What git leaves out of a tree. */
export interface Gaps {
  /** Folders of submodules are empty. */
  submodules: boolean;
  /** Files of Git LFS are pointers. */
  lfs: boolean;
}

/** Looks through a tree's index for what git left out. */
export async function lookForGaps(git: Git, place: Place): Promise<Gaps> {
  const stages = await git.run(place, ['ls-files', '--stage', '-z']);
  const attributes = [
    ...stages.matchAll(/(?:^|\0)100644 ([0-9a-f]+) 0\t(?:[^\0]*\/)?\.gitattributes(?=\0)/g),
  ];
  const texts = await all(attributes.map(([, hash = '']) => git.run(place, ['cat-file', 'blob', hash])));
  return {
    submodules: /(^|\0)160000 /.test(stages),
    lfs: texts.some((text) => /\bfilter=lfs\b/.test(text)),
  };
}

/**
 * The gaps of a commit beside those of the tree whose index this is. `undefined` when attributes differ: they decide how
 * a file is written, and git does not write a file again when only its attributes change.
 */
export async function gapsSince(
  before: Gaps,
  git: Git,
  place: Place,
  commit: string,
): Promise<Gaps | undefined> {
  const listed = await git.try(place, ['diff-index', '--cached', '--raw', '-z', commit]);
  // `:<mode in the commit> <mode in the index> ...`, then the name.
  const fields = listed.stdout.split('\0');
  if (listed.code !== 0 || fields.some((field) => /(^|\/)\.gitattributes$/.test(field))) return undefined;
  return { ...before, submodules: fields.some((field) => field.startsWith(':160000 ')) };
}

/** Says plainly what git left out. */
export function tellGaps({ submodules, lfs }: Gaps, repository: string, events: Events): void {
  if (submodules)
    events.warn(`repository ${repository}: its submodules are not fetched; their folders stay empty`, {
      repository,
    });
  if (lfs)
    events.warn(`repository ${repository}: files in Git LFS stay pointers; ship them in an overlay`, {
      repository,
    });
}
