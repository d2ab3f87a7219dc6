import type { Group } from '../../model/auto-scaling/group.ts';
import type { InvariantOf, Scene } from './invariant.ts';

/**
 * Healthy serving targets are never fewer than needed: as many as the live fleet was asked to have and as configured,
 * as far as they were there before. What scaling or a killed instance takes away is not needed any more. A minimum that
 * was just configured counts as soon as the fleet has it: until then scaling may go below.
 */
export const capacity: InvariantOf = (scene) => {
  /** Instances that served at the last look. */
  let served = new Set<string>();
  /** As many as must not be lost. */
  let level = 0;
  return {
    name: 'capacity',
    look() {
      const { deployed, settings } = scene.truth;
      if (!deployed || !settings.balancer) return undefined;
      const need = asked(scene.truth.recordedFleet, settings.capacity.min) - killed(scene);
      const serving = new Set([...servingInstances(scene), ...unnoticed(scene)]);
      const lost = [...served].filter((id) => !serving.has(id) && scene.isExcused(id)).length;
      const least = Math.min(level - lost, need);
      served = serving;
      level = Math.min(need, Math.max(level - lost, serving.size));
      return serving.size < least ? `${serving.size} healthy targets serve, ${least} are needed` : undefined;
    },
  };
};

function asked(fleet: Group | undefined, configured: number): number {
  return fleet ? Math.max(fleet.desired, Math.min(fleet.min, configured)) : configured;
}

/** Members of the recorded fleet that were killed and are not replaced yet: scaling counts them, traffic cannot. */
function killed(scene: Scene): number {
  const members = [...(scene.truth.recordedFleet?.members.keys() ?? [])];
  return members.filter((id) => scene.isExcused(id)).length;
}

/** Instances that production traffic reaches and that answer it. */
export function servingInstances(scene: Scene): string[] {
  return healthyInstances(scene).filter((id) => scene.hosts.serving(id) !== undefined);
}

/** Instances that were killed or silenced and that the balancer still takes to be healthy: as everybody has to. */
function unnoticed(scene: Scene): string[] {
  return healthyInstances(scene).filter((id) => scene.isExcused(id));
}

function healthyInstances({ truth }: Scene): string[] {
  return [...(truth.weights ?? [])]
    .filter(([, weight]) => weight > 0)
    .flatMap(([group]) => truth.targets(group))
    .filter(({ state }) => state === 'healthy')
    .map(({ id }) => id);
}
