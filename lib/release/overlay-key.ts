import { HoldfastError } from './errors.ts';

/** Of the keys below a repository's overlays the one that belongs to a commit by convention: `<commit>.tar.*`. */
export function overlayOf(keys: readonly string[], prefix: string, commit: string): string | undefined {
  const found = keys.filter((key) => key.startsWith(`${prefix}${commit}.tar`));
  if (found.length <= 1) return found[0];
  throw new HoldfastError(
    'InvalidTarball',
    `commit ${commit} has ${found.length} overlays: ${found.join(', ')}; name one of them, or delete the others`,
  );
}

/** The error of a repository whose overlay or artifact is not there. */
export function tarballMissing(repository: string, missing: string): HoldfastError {
  return new HoldfastError(
    'InvalidTarball',
    `repository ${repository}: ${missing}; upload it, or name another key`,
  );
}
