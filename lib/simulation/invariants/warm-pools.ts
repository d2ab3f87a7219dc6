import { presentPool } from '../../aws/warm-pools.ts';
import { describePool, poolSize } from '../../local-aws/model/auto-scaling/warm-pool.ts';
import { poolChange } from '../../rollout/decisions/warm-pool.ts';
import type { InvariantOf, Scene } from './invariant.ts';
import { reportMismatch } from './quiescence.ts';

/**
 * Only a fleet that was recorded has a warm pool. When nothing is left to happen, the recorded fleet has the
 * configured pool, full of stopped instances with the record.
 */
export const warmPools: InvariantOf = (scene) => ({
  name: 'warm pools',
  look() {
    const early = scene.truth.fleets().filter(({ warmPool }) => warmPool);
    if (early.length === 0) return undefined;
    const { journal, deployed } = scene.truth;
    const candidate = journal?.state === 'open' ? journal.candidate?.fleet : undefined;
    const isEarly = early.some(({ name }) => name === candidate && name !== deployed?.record.fleet);
    return isEarly ? `candidate ${candidate} has a warm pool` : undefined;
  },
  rest: () => restProblem(scene),
});

function restProblem(scene: Scene): string | undefined {
  const { recordedFleet: fleet, deployed, settings } = scene.truth;
  if (!fleet || !deployed) return undefined;
  const present = fleet.warmPool && presentPool(describePool(fleet.warmPool));
  if (poolChange(present, settings.warmPool)) return `${fleet.name} has another warm pool than configured`;
  if (fleet.warmed.size !== poolSize(fleet))
    return `the warm pool of ${fleet.name} has ${fleet.warmed.size} of ${poolSize(fleet)} instances`;
  for (const { instance, state } of fleet.warmed.values()) {
    if (state !== 'Warmed:Stopped') return `${instance.id} is ${state}`;
    const problem = reportMismatch(scene, instance.id, deployed.record);
    if (problem) return problem;
  }
  return undefined;
}
