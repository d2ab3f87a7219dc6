import { type Group, stayingMembers } from '../../local-aws/model/auto-scaling/group.ts';
import { isLeaving } from '../../local-aws/model/auto-scaling/member.ts';
import { lambdaSeconds } from '../../rollout/timing.ts';
import type { InvariantOf, Scene } from './invariant.ts';

/**
 * Healthy serving targets are never fewer than needed: as many as the live fleet was asked to have and as configured,
 * as far as they were there before. What scaling or a killed instance takes away is not needed any more. A minimum that
 * was just configured counts as soon as the fleet has it: until then scaling may go below.
 */
export const capacity: InvariantOf = (scene) => {
  /** Instances that served at the last look. */
  let served = new Set<string>();
  /** The last ones that were healthy in a target group, with traffic or without, and when. */
  const healthy = new Map<string, { ids: readonly string[]; at: number }>();
  /** Members of the recorded fleet at the last look. */
  let members = new Set<string>();
  /** As many as must not be lost. */
  let level = 0;
  return {
    name: 'capacity',
    look() {
      const { deployed, settings } = scene.truth;
      if (!deployed || !settings.balancer) return undefined;
      const fleet = scene.truth.recordedFleet;
      const need = askedInstances(fleet, settings.capacity.min) - killedInstances(scene);
      const present = healthyByGroup(scene);
      // What was killed or silenced and the balancer still takes to be healthy counts: everybody has to take it so.
      const serves = (id: string) => doesAnswer(scene, id) || scene.isExcused(id);
      const serving = new Set(instancesInTraffic(scene, present).filter(serves));
      const now = scene.world.clock.now();
      // Traffic was sent in good faith to what was killed while the call that moves it was on its way.
      const recent = (arn: string) => {
        const { ids, at } = healthy.get(arn) ?? { ids: [], at: 0 };
        return now - at <= lambdaSeconds * 1000 ? ids : [];
      };
      const reached = new Set([...served, ...groupsWithTraffic(scene).flatMap(recent)]);
      const excused = (id: string) => scene.isExcused(id) || isScaledIn(fleet, members, id);
      const lost = [...reached].filter((id) => !serving.has(id) && excused(id)).length;
      const least = Math.min(level - lost, need);
      served = serving;
      members = new Set(fleet?.members.keys());
      for (const [arn, ids] of present) if (ids.length > 0) healthy.set(arn, { ids, at: now });
      level = Math.min(need, Math.max(level - lost, serving.size));
      return serving.size < least ? `${serving.size} healthy targets serve, ${least} are needed` : undefined;
    },
  };
};

function askedInstances(fleet: Group | undefined, configured: number): number {
  return fleet ? Math.max(fleet.desired, Math.min(fleet.min, configured)) : configured;
}

/** Members of the recorded fleet that were killed and are not replaced yet: scaling counts them, traffic cannot. */
function killedInstances(scene: Scene): number {
  const members = [...(scene.truth.recordedFleet?.members.keys() ?? [])];
  return members.filter((id) => scene.isExcused(id)).length;
}

/** Whether scaling ends a member: in its full number the group has others, which the balancer may not have seen yet. */
function isScaledIn(fleet: Group | undefined, before: ReadonlySet<string>, id: string): boolean {
  const member = fleet?.members.get(id);
  if (!fleet || !member || !isLeaving(member) || stayingMembers(fleet).length < fleet.desired) return false;
  // What was launched since the last look may stand in for it: then nobody scaled.
  return [...fleet.members.keys()].every((known) => before.has(known));
}

/** Instances that production traffic reaches and that answer it. */
export function servingInstances(scene: Scene): string[] {
  return instancesInTraffic(scene, healthyByGroup(scene)).filter((id) => doesAnswer(scene, id));
}

function doesAnswer({ hosts }: Scene, id: string): boolean {
  return hosts.serving(id) !== undefined;
}

function instancesInTraffic(scene: Scene, healthy: ReadonlyMap<string, readonly string[]>): string[] {
  return groupsWithTraffic(scene).flatMap((arn) => healthy.get(arn) ?? []);
}

/** Target groups that production traffic goes to. */
function groupsWithTraffic({ truth }: Scene): string[] {
  return [...(truth.weights ?? [])].filter(([, weight]) => weight > 0).map(([arn]) => arn);
}

/** Healthy targets of all groups that the production rule names. */
function healthyByGroup({ truth }: Scene): Map<string, string[]> {
  const idsOf = (arn: string) =>
    truth
      .targets(arn)
      .filter(({ state }) => state === 'healthy')
      .map(({ id }) => id);
  return new Map([...(truth.weights ?? new Map<string, number>()).keys()].map((arn) => [arn, idsOf(arn)]));
}
