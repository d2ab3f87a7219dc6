import { storeKeys } from '../../config/resource-names.ts';
import type { Group } from '../../local-aws/model/auto-scaling/group.ts';
import type { DeployedRecord } from '../../release/record.ts';
import { sameRelease } from '../../release/release.ts';
import { type Report, releaseOf } from '../../release/report.ts';
import type { InvariantOf, Scene } from './invariant.ts';

/**
 * When nothing is left to happen: all traffic goes to the recorded fleet at its configured size, nothing else of the
 * service runs, the journal is closed, and every instance reports the record.
 */
export const quiescence: InvariantOf = (scene) => ({
  name: 'rest',
  rest() {
    const { deployed, journal, recordedFleet } = scene.truth;
    if (journal && journal.state !== 'closed') return `the journal is ${journal.state}`;
    const others = scene.truth.fleets().filter(({ name }) => name !== deployed?.record.fleet);
    if (others.length > 0) return `${others.map(({ name }) => name).join(', ')} is left over`;
    if (!deployed) return unservedProblem(scene);
    if (!recordedFleet) return `the recorded fleet ${deployed.record.fleet} is gone`;
    return trafficProblem(scene, deployed.record) ?? fleetProblem(scene, recordedFleet, deployed.record);
  },
});

function unservedProblem({ truth }: Scene): string | undefined {
  return truth.weights && truth.weights.size > 0
    ? 'nothing is deployed, but requests are forwarded'
    : undefined;
}

function trafficProblem({ truth }: Scene, { colour }: DeployedRecord): string | undefined {
  const { balancer } = truth.settings;
  if (!balancer || !colour) return undefined;
  const named = [...(truth.weights ?? [])].map(([arn]) => arn);
  const recordedGroup = balancer.targetGroups[colour];
  return named.length === 1 && named[0] === recordedGroup
    ? undefined
    : `requests go to ${named.join(', ')}, not to ${recordedGroup} alone`;
}

function fleetProblem(scene: Scene, fleet: Group, record: DeployedRecord): string | undefined {
  const { capacity, balancer } = scene.truth.settings;
  if (fleet.min !== capacity.min || fleet.max !== capacity.max)
    return `${fleet.name} has ${fleet.min} to ${fleet.max} instances, not ${capacity.min} to ${capacity.max}`;
  const members = [...fleet.members.values()];
  if (members.length !== fleet.desired)
    return `${fleet.name} has ${members.length} of ${fleet.desired} instances`;
  const healthy = new Set(
    Object.values(balancer?.targetGroups ?? {})
      .flatMap((group) => scene.truth.targets(group))
      .filter(({ state }) => state === 'healthy')
      .map(({ id }) => id),
  );
  for (const { instance, state } of members) {
    if (state !== 'InService') return `${instance.id} is ${state}`;
    if (balancer && !healthy.has(instance.id)) return `${instance.id} is not healthy`;
    const problem = reportProblem(scene, instance.id, record);
    if (problem) return problem;
  }
  return undefined;
}

function reportProblem(scene: Scene, id: string, record: DeployedRecord): string | undefined {
  const problem = reportMismatch(scene, id, record);
  if (problem) return problem;
  const runs = scene.hosts.running(id);
  return runs && sameRelease(runs, record.release) ? undefined : `${id} runs another release than the record`;
}

/** The mismatch between the record and an instance's report. */
export function reportMismatch(
  { world, truth }: Scene,
  id: string,
  record: DeployedRecord,
): string | undefined {
  const { service, roleId, bucket } = truth.settings;
  const key = storeKeys.report(service, roleId, id);
  const report = JSON.parse(
    Buffer.from(world.s3.getObject({ Bucket: bucket, Key: key }).Body).toString(),
  ) as Report;
  if (report.result !== 'ready') return `${id} reported ${report.result}`;
  return sameRelease(releaseOf(report), record.release)
    ? undefined
    : `${id} reported another release than the record`;
}
