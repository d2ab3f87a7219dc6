import type { Group } from '../local-aws/model/auto-scaling/group.ts';
import { poolSize } from '../local-aws/model/auto-scaling/warm-pool.ts';
import type { Executions } from './executions.ts';
import type { Truth } from './truth.ts';
import type { VirtualTime } from './virtual-time.ts';

/**
 * Nothing more will happen if nothing began and no function failed for this long: slightly more than the schedule's
 * period. If one run of the schedule could not start something, the next one does.
 */
const calmMilliseconds = 6 * 60_000;
const lookMilliseconds = 30_000;
const mostMilliseconds = 12 * 3_600_000;

interface Scene {
  time: VirtualTime;
  truth: Truth;
  executions: Executions;
  /** Number of failed function runs so far. */
  failures: number;
}

/** Whether nothing is under way: no execution, no open journal, and all fleets at their desired sizes. */
export function isIdle(truth: Truth, executions: Executions): boolean {
  if (executions.running().length > 0 || truth.journal?.state === 'open') return false;
  return truth.fleets().every((fleet) => {
    const members = [...fleet.members.values()];
    if (members.length !== fleet.desired || members.some(({ state }) => state !== 'InService')) return false;
    if (!isPoolFull(fleet)) return false;
    return [...fleet.targetGroups]
      .flatMap((group) => truth.targets(group))
      .every(({ state }) => state === 'healthy' || state === 'unused');
  });
}

function isPoolFull(fleet: Group): boolean {
  const warmed = [...fleet.warmed.values()];
  return warmed.length === poolSize(fleet) && warmed.every(({ state }) => state === 'Warmed:Stopped');
}

/** Lets time pass until nothing is left to happen; gives up after half a day. */
export async function untilIdle(scene: Scene): Promise<void> {
  const { time, truth, executions } = scene;
  const end = time.now() + mostMilliseconds;
  let calmSince = time.now();
  for (let known = -1; time.now() - calmSince < calmMilliseconds && time.now() < end; ) {
    const count = executions.all().length + scene.failures;
    if (count !== known || !isIdle(truth, executions)) calmSince = time.now();
    known = count;
    await time.advance(lookMilliseconds);
  }
}
