import type { Events } from '../host/events.ts';
import { settleAll } from '../host/settle-all.ts';
import type { Git, GitPlace } from './git.ts';

/** Content that git leaves out of a tree. */
export interface UnfetchedContent {
  /** Folders of submodules are empty. */
  submodules: boolean;
  /** Files of Git LFS are pointers. */
  lfs: boolean;
}

/** Searches a tree's index for content that git left out. */
export async function findUnfetchedContent(git: Git, place: GitPlace): Promise<UnfetchedContent> {
  const stages = await git.run(place, ['ls-files', '--stage', '-z']);
  const attributes = [
    ...stages.matchAll(/(?:^|\0)100644 ([0-9a-f]+) 0\t(?:[^\0]*\/)?\.gitattributes(?=\0)/g),
  ];
  const texts = await settleAll(
    attributes.map(([, hash = '']) => git.run(place, ['cat-file', 'blob', hash])),
  );
  return {
    submodules: /(^|\0)160000 /.test(stages),
    lfs: texts.some((text) => /\bfilter=lfs\b/.test(text)),
  };
}

/** Warns of content that git left out. */
export function warnOfUnfetchedContent(
  { submodules, lfs }: UnfetchedContent,
  repository: string,
  events: Events,
): void {
  if (submodules)
    events.warn(`repository ${repository}: submodules are not fetched; their folders stay empty`, {
      repository,
    });
  if (lfs)
    events.warn(`repository ${repository}: files in Git LFS stay pointers; put them into an overlay`, {
      repository,
    });
}
