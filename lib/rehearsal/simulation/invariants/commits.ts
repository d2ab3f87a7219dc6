import { tags } from '../../../config/names.ts';
import type { DeployedRecord } from '../../../release/record.ts';
import type { Group } from '../../model/auto-scaling/group.ts';
import type { InvariantOf, Scene } from './invariant.ts';

/** The record only ever names a release that carried all traffic; behind no load balancer: one whose instances ran. */
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
  const colour = group.tags.get(tags.colour)?.value === 'green' ? 'green' : 'blue';
  const own = settings.balancer.targetGroups[colour];
  return (weights.get(own) ?? 0) > 0 && [...weights].every(([arn, weight]) => arn === own || weight === 0);
}
