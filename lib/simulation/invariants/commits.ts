import type { Group } from '../../local-aws/model/auto-scaling/group.ts';
import type { DeployedRecord } from '../../release/record.ts';
import type { InvariantOf, Scene } from './invariant.ts';

/**
 * The record names only releases that carried all traffic, or without a load balancer only releases whose instances
 * ran.
 */
export const commits: InvariantOf = (scene) => {
  const carried = new Set<string>();
  let version = 0;
  return {
    name: 'commits',
    look() {
      for (const group of scene.truth.fleets()) if (carriesAll(scene, group)) carried.add(group.name);
      const { deployed } = scene.truth;
      if (!deployed || deployed.version === version) return undefined;
      version = deployed.version;
      return problemOf(deployed.record, carried);
    },
  };
};

function problemOf({ fleet, deployment }: DeployedRecord, carried: ReadonlySet<string>): string | undefined {
  if (fleet === undefined) return `the record of ${deployment} names no fleet`;
  return carried.has(fleet)
    ? undefined
    : `${fleet} of ${deployment} was recorded and never carried all traffic`;
}

function carriesAll({ truth }: Scene, group: Group): boolean {
  const { weights, settings } = truth;
  if (!settings.balancer || !weights)
    return [...group.members.values()].some(({ state }) => state === 'InService');
  // The fleet's own groups, not those of the newest settings: an update of the stack may have created others since.
  const ofFleet = [...weights].filter(([arn]) => group.targetGroups.has(arn));
  return ofFleet.some(([, weight]) => weight > 0) && share(ofFleet) === share([...weights]);
}

function share(weights: readonly (readonly [string, number])[]): number {
  return weights.reduce((sum, [, weight]) => sum + weight, 0);
}
