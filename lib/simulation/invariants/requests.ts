import { takers } from '../../local-aws/model/elb/route.ts';
import type { Target } from '../../local-aws/model/elb/target.ts';
import type { TargetGroup } from '../../local-aws/model/elb/target-group.ts';
import { describeRelease, type Release, sameRelease } from '../../release/release.ts';
import type { InvariantOf, Scene } from './invariant.ts';

/**
 * No production request reaches an instance that is unhealthy, or that runs another release than the recorded one or,
 * within its weight, the candidate's. Once something is deployed, someone always answers. Nodes of the load balancer
 * that have not applied the newest weights go by older ones: their requests find a target there, and the release that
 * could be there when those weights were the newest.
 */
export const requests: InvariantOf = (scene) => {
  /** Last healthy instances of each target group, with or without requests. */
  const healthy = new Map<string, string[]>();
  /** Releases that each target group could give while it had weight. */
  const given = new Map<string, readonly Release[]>();
  return {
    name: 'requests',
    look() {
      const { weights, deployed } = scene.truth;
      for (const group of scene.world.elb.groups.byArn.values()) remember(healthy, group);
      if (scene.isMeddled()) return undefined;
      if (deployed && weights?.size === 0)
        return 'the production rule forwards to nobody, although something is deployed';
      for (const arn of taking(weights ?? none)) given.set(arn, allowedReleases(scene));
      const groups = new Set([weights ?? none, ...scene.truth.weightsAtNodes].flatMap(taking));
      return [...groups]
        .map((arn) => problemOf(scene, healthy, arn, given.get(arn) ?? []))
        .find((problem) => problem !== undefined);
    },
  };
};

const none: ReadonlyMap<string, number> = new Map();

/** Target groups that get requests. */
function taking(weights: ReadonlyMap<string, number>): string[] {
  return [...weights].filter(([, weight]) => weight > 0).map(([arn]) => arn);
}

function allowedReleases({ truth }: Scene): Release[] {
  const records = [truth.deployed?.record, truth.candidate];
  return records.filter((record) => record !== undefined).map(({ release }) => release);
}

function problemOf(
  scene: Scene,
  healthy: Map<string, string[]>,
  arn: string,
  allowed: readonly Release[],
): string | undefined {
  const group = scene.world.elb.groups.byArn.get(arn);
  if (!group) return `requests go to ${arn}, which is gone`;
  const now = healthyOf(group);
  // If every healthy one was killed, the balancer has to send requests to those that exist.
  const bereft = now.length === 0 && (healthy.get(arn) ?? []).some((id) => scene.isExcused(id));
  const targets = takers(group);
  if (targets.length === 0 && !bereft) return `requests go to ${group.name}, which has no target`;
  return targets
    .map((target) => targetProblem(scene, target, bereft, allowed))
    .find((problem) => problem !== undefined);
}

function remember(healthy: Map<string, string[]>, group: TargetGroup): void {
  const now = healthyOf(group);
  if (now.length > 0) healthy.set(group.arn, now);
}

function healthyOf({ targets }: TargetGroup): string[] {
  return [...targets.values()].filter(({ state }) => state === 'healthy').map(({ id }) => id);
}

function targetProblem(
  scene: Scene,
  { id, state }: Target,
  bereft: boolean,
  allowed: readonly Release[],
): string | undefined {
  if (scene.isExcused(id)) return undefined;
  if (state !== 'healthy' && !bereft) return `requests go to ${id}, which is ${state}`;
  const release = scene.hosts.serving(id);
  if (!release) return bereft ? undefined : `requests go to ${id}, which does not answer`;
  if (allowed.some((other) => sameRelease(other, release))) return undefined;
  return `requests go to ${id}, which runs ${describeRelease(release)}: neither the recorded nor the candidate's release`;
}
