import type { Executions } from './executions.ts';
import type { Truth } from './truth.ts';

/** Whether nothing is on its way: no execution, an unheld journal, and fleets that are what they were asked to be. */
export function isQuiet(truth: Truth, executions: Executions): boolean {
  if (executions.running().length > 0 || truth.journal?.state === 'open') return false;
  return truth.fleets().every((fleet) => {
    const members = [...fleet.members.values()];
    if (members.length !== fleet.desired || members.some(({ state }) => state !== 'InService')) return false;
    return [...fleet.targetGroups]
      .flatMap((group) => truth.targets(group))
      .every(({ state }) => state === 'healthy' || state === 'unused');
  });
}
