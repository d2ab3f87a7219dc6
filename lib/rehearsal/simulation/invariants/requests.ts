import { describeRelease, type Release, sameRelease } from '../../../release/release.ts';
import { takers } from '../../model/elb/route.ts';
import type { Target } from '../../model/elb/target.ts';
import type { InvariantOf, Scene } from './invariant.ts';

/**
 * No production request goes to an instance that is not healthy, or that runs another release than the recorded one or,
 * within its weight, the candidate's. Once something is deployed, there is always somebody to answer.
 */
export const requests: InvariantOf = (scene) => ({
  name: 'requests',
  look() {
    for (const [group, weight] of scene.truth.weights ?? []) {
      const problem = weight > 0 ? problemOf(scene, group) : undefined;
      if (problem) return problem;
    }
    const nobody = scene.truth.deployed && scene.truth.weights?.size === 0;
    return nobody ? 'the production rule forwards to nobody, although something is deployed' : undefined;
  },
});

function problemOf(scene: Scene, targetGroup: string): string | undefined {
  const group = scene.world.elb.groups.byArn.get(targetGroup);
  if (!group) return `requests go to ${targetGroup}, which is gone`;
  const taking = takers(group);
  const excused = [...group.targets.values()].some(({ id }) => scene.isExcused(id));
  if (taking.length === 0 && !excused) return `requests go to ${group.name}, which has no target`;
  const records = [scene.truth.deployed?.record, scene.truth.candidate];
  const allowed = records.filter((record) => record !== undefined).map(({ release }) => release);
  return taking
    .filter(({ id }) => !scene.isExcused(id))
    .map((target) => targetProblem(scene, target, excused, allowed))
    .find((problem) => problem !== undefined);
}

function targetProblem(
  { hosts }: Scene,
  { id, state }: Target,
  excused: boolean,
  allowed: readonly Release[],
): string | undefined {
  // When every healthy one was killed, the balancer has to send requests to the others.
  if (state !== 'healthy' && !excused) return `requests go to ${id}, which is ${state}`;
  const release = hosts.serving(id);
  if (!release) return excused ? undefined : `requests go to ${id}, which does not answer`;
  if (allowed.some((other) => sameRelease(other, release))) return undefined;
  return `requests go to ${id}, which runs ${describeRelease(release)}: neither the recorded nor the candidate's release`;
}
