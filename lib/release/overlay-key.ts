import { HoldfastError } from './errors.ts';

/** Endings of overlays that a role is asked for that may read the store but not list it. */
export const overlayEndings = ['.tar.zst', '.tar.gz', '.tar.xz', '.tar.bz2', '.tar'] as const;

/**
 * Of the keys below a repository's overlays the one that belongs to a commit by convention: `<commit>.tar` or
 * `<commit>.tar.<compression>`. What lies beside it under a longer name, such as a digest, is no overlay.
 */
export function overlayKeyOf(
  repository: string,
  keys: readonly string[],
  prefix: string,
  commit: string,
): string | undefined {
  const stem = `${prefix}${commit}`;
  const found = keys.filter(
    (key) => key.startsWith(stem) && /^\.tar(\.[a-z0-9]+)?$/.test(key.slice(stem.length)),
  );
  if (found.length <= 1) return found[0];
  throw new HoldfastError(
    'InvalidTarball',
    `repository ${repository}: found ${found.length} overlays for commit ${commit} (${found.join(', ')}), expected one; name one of them, or delete the others`,
  );
}

/** The error of a repository whose overlay or artifact is not there. */
export function tarballMissing(repository: string, missing: string): HoldfastError {
  return new HoldfastError(
    'InvalidTarball',
    `repository ${repository}: ${missing}; upload it, or name another key`,
  );
}
