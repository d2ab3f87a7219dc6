import type { Events } from '../host/events.ts';
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
  const attributes = stages.matchAll(/(?:^|\0)100644 ([0-9a-f]+) 0\t(?:[^\0]*\/)?\.gitattributes(?=\0)/g);
  const blobs = new Set([...attributes].map(([, hash = '']) => hash));
  return {
    submodules: /(^|\0)160000 /.test(stages),
    lfs: blobs.size > 0 && (await nameLfs(git, place, blobs)),
  };
}

/** Longest `.gitattributes` that is read, in bytes. Longer ones warn of nothing. */
const longest = 1024 * 1024;

/** Whether attributes name the filter of Git LFS. Two processes read all, however many a commit holds. */
async function nameLfs(git: Git, place: GitPlace, blobs: ReadonlySet<string>): Promise<boolean> {
  const list = (hashes: Iterable<string>) => ({ input: `${[...hashes].join('\n')}\n` });
  const format = '--batch-check=%(objectname) %(objectsize)';
  const sizes = await git.run(place, ['cat-file', format], list(blobs));
  const short = sizes.split('\n').flatMap((line) => {
    const [hash = '', size] = line.split(' ');
    return Number(size) <= longest ? [hash] : [];
  });
  if (short.length === 0) return false;
  let isNamed = false;
  let end = '';
  const onOutput = (chunk: Buffer) => {
    const text = end + chunk.toString('latin1');
    isNamed ||= /\bfilter=lfs\b/.test(text);
    end = text.slice(-16);
  };
  await git.run(place, ['cat-file', '--batch'], { ...list(short), onOutput });
  return isNamed;
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
