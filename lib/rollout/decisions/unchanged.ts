import type { Settings } from '../../config/settings.ts';
import { type Release, sameBranches, sameRelease } from '../../release/release.ts';

/** Whether two releases are one: the same files, and the same branches for the next deployment. */
export function isSameRelease(a: Release, b: Release): boolean {
  return sameRelease(a, b) && sameBranches(a, b);
}

/**
 * Whether two versions of the settings make the same instances from the same launch template. Capacity, scaling and
 * warm pool reach a running fleet by themselves. The order of repositories counts: it tells the primary one.
 */
export function makesSameInstances(a: Settings, b: Settings): boolean {
  return JSON.stringify(lasting(a)) === JSON.stringify(lasting(b));
}

function lasting({ capacity: _c, scaling: _s, warmPool: _w, ...settings }: Settings): object {
  return settings;
}

/** Why a deployment changes nothing, and how to replace machines all the same. */
export function describeUnchanged(fleet: string, image: { present: string; newest: string }): string {
  const same = `release, settings and launch template are those of fleet ${fleet}, which serves`;
  return image.present === image.newest
    ? `${same}; deploy with "replace": true to replace its machines`
    : `${same}; there is a newer image ${image.newest} (its machines have ${image.present}): deploy with "replace": true to take it`;
}
