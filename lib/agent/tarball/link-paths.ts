/** Target of the link at a path below the root (`a/b`, bytes as latin1), or undefined when there is no link. */
export type ReadLink = (path: string) => string | undefined;

/** As many links as Linux follows. */
const mostLinks = 40;

/** How much may be looked at in all, in characters of paths: links can lead through each other without an end. */
export interface Budget {
  left: number;
}

interface Walk {
  here: string[];
  /** Remaining steps, the next one last. */
  todo: string[];
  links: number;
}

/**
 * Follows a path from a folder below the root, link by link, as the kernel would. Returns where it ends, or undefined
 * when any step leaves the root or the budget is spent. Counting ".." in the text is not enough: `a/b/link/..` depends
 * on the link's target.
 */
export function resolveInside(
  folder: string,
  path: string,
  readLink: ReadLink,
  budget: Budget = { left: Number.POSITIVE_INFINITY },
): string | undefined {
  if (path.startsWith('/')) return undefined;
  const walk: Walk = { here: [], todo: `${folder}/${path}`.split('/').reverse(), links: 0 };
  while (walk.todo.length > 0) if (!isStepInside(walk, readLink, budget)) return undefined;
  return walk.here.join('/');
}

function isStepInside(walk: Walk, readLink: ReadLink, budget: Budget): boolean {
  const step = walk.todo.pop() ?? '';
  if (step === '' || step === '.') return true;
  if (step === '..') return walk.here.pop() !== undefined;
  const path = [...walk.here, step].join('/');
  budget.left -= path.length;
  const target = budget.left < 0 ? '/' : readLink(path);
  if (target === undefined) return walk.here.push(step) > 0;
  walk.links += 1;
  walk.todo.push(...target.split('/').reverse());
  return !target.startsWith('/') && walk.links <= mostLinks;
}
