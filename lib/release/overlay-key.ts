import { HoldfastError } from './errors.ts';

/** Endings to try for a role that may read the store but not list it. */
export const overlayEndings = ['.tar.zst', '.tar.gz', '.tar.xz', '.tar.bz2', '.tar'] as const;

/**
 * Finds the overlay that belongs to a commit by convention: `<commit>.tar` or `<commit>.tar.<compression>` below the
 * repository's prefix. A file with a longer name, such as a digest, is not an overlay.
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

/** The error for a missing overlay or artifact. */
export function tarballMissing(repository: string, missing: string): HoldfastError {
  return new HoldfastError(
    'InvalidTarball',
    `repository ${repository}: ${missing}; upload it, or name another key`,
  );
}
