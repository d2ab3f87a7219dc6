import { type Group, stayingMembers } from '../../local-aws/model/auto-scaling/group.ts';
import { isLeaving } from '../../local-aws/model/auto-scaling/member.ts';
import { lambdaSeconds } from '../../rollout/timing.ts';
import type { InvariantOf, Scene } from './invariant.ts';

/**
 * Healthy serving targets are never fewer than needed: the live fleet's desired size, at least as configured, as far
 * as they existed before. Targets that scaling or a kill removes are no longer needed. A newly configured minimum
 * counts once the fleet has reached it; until then scaling may go below.
 */
export const capacity: InvariantOf = (scene) => {
  /** Instances that served at the last look. */
  let served = new Set<string>();
  /** Last healthy instances of each target group, with or without traffic, and the time. */
  const healthy = new Map<string, { ids: readonly string[]; at: number }>();
  /** Members of the recorded fleet at the last look. */
  let members = new Set<string>();
  /** Number of instances that must not be lost. */
  let level = 0;
  return {
    name: 'capacity',
    look() {
      const { deployed, settings } = scene.truth;
      if (!deployed || !settings.balancer) return undefined;
      if (scene.isMeddled()) {
        served = new Set();
        level = 0;
        return undefined;
      }
      const fleet = scene.truth.recordedFleet;
      const need = askedInstances(fleet, settings.capacity.min) - killedInstances(scene);
      const present = healthyByGroup(scene);
      // Killed or silenced instances that the balancer still takes as healthy count, because everybody has to believe
      // it.
      const serves = (id: string) => doesAnswer(scene, id) || scene.isExcused(id);
      const serving = new Set(instancesInTraffic(scene, present).filter(serves));
      const now = scene.world.clock.now();
      // Traffic was sent in good faith to an instance that was killed while the call was on its way.
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

/** Killed members of the recorded fleet that are not replaced yet: scaling counts them, traffic cannot use them. */
function killedInstances(scene: Scene): number {
  const members = [...(scene.truth.recordedFleet?.members.keys() ?? [])];
  return members.filter((id) => scene.isExcused(id)).length;
}

/**
 * Whether scaling ends a member: the group is at full size without it, perhaps with instances that the balancer has
 * not seen yet.
 */
function isScaledIn(fleet: Group | undefined, before: ReadonlySet<string>, id: string): boolean {
  const member = fleet?.members.get(id);
  if (!fleet || !member || !isLeaving(member) || stayingMembers(fleet).length < fleet.desired) return false;
  // An instance that was launched since the last look may replace it: then scaling did not remove it.
  return [...fleet.members.keys()].every((known) => before.has(known));
}

/** Instances that get production traffic and answer it. */
export function servingInstances(scene: Scene): string[] {
  return instancesInTraffic(scene, healthyByGroup(scene)).filter((id) => doesAnswer(scene, id));
}

function doesAnswer({ hosts }: Scene, id: string): boolean {
  return hosts.serving(id) !== undefined;
}

function instancesInTraffic(scene: Scene, healthy: ReadonlyMap<string, readonly string[]>): string[] {
  return groupsWithTraffic(scene).flatMap((arn) => healthy.get(arn) ?? []);
}

/** Target groups with production traffic. */
function groupsWithTraffic({ truth }: Scene): string[] {
  return [...(truth.weights ?? [])].filter(([, weight]) => weight > 0).map(([arn]) => arn);
}

/** Healthy targets of all groups in the production rule. */
function healthyByGroup({ truth }: Scene): Map<string, string[]> {
  const idsOf = (arn: string) =>
    truth
      .targets(arn)
      .filter(({ state }) => state === 'healthy')
      .map(({ id }) => id);
  return new Map([...(truth.weights ?? new Map<string, number>()).keys()].map((arn) => [arn, idsOf(arn)]));
}
