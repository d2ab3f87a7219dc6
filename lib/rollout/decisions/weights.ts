import type { Forward, Weight } from './fleet.ts';

const all = 100;

/** The recorded fleet's target group alone. */
export function allToOne(targetGroup: string): Weight[] {
  return [{ targetGroup, weight: all }];
}

/** All traffic to one target group; the others stay in the rule at weight 0. */
export function allToOneOf(targetGroup: string, others: readonly (string | undefined)[]): Weight[] {
  const emptied = new Set(others.filter((other) => other !== undefined && other !== targetGroup));
  return [
    ...allToOne(targetGroup),
    ...[...emptied].map((other) => ({ targetGroup: other as string, weight: 0 })),
  ];
}

/** The share of the traffic that a target group gets, 0 to 1. */
export function share(forward: readonly Weight[], targetGroup: string | undefined): number {
  const total = forward.reduce((sum, { weight }) => sum + weight, 0);
  const itsParts = forward.filter((each) => each.targetGroup === targetGroup);
  return total === 0 ? 0 : itsParts.reduce((sum, { weight }) => sum + weight, 0) / total;
}

/** Whether all traffic goes to a target group; without one: whether a fixed answer takes it. */
export function goesAllTo(forward: Forward, targetGroup: string | undefined): boolean {
  return targetGroup ? share(forward, targetGroup) === 1 : forward.length === 0;
}

/** Whether two rules name the same target groups and spread the traffic in the same way. */
export function sameForward(a: readonly Weight[], b: readonly Weight[]): boolean {
  const names = new Set([...a, ...b].map(({ targetGroup }) => targetGroup));
  return (
    a.length === b.length &&
    [...names].every(
      (name) => namesGroup(a, name) === namesGroup(b, name) && share(a, name) === share(b, name),
    )
  );
}

function namesGroup(forward: readonly Weight[], targetGroup: string): boolean {
  return forward.some((each) => each.targetGroup === targetGroup);
}

/** Weights in a sentence, target groups by the name in their ARN: `blue 100, green 0`. */
export function describeForward(forward: readonly Weight[]): string {
  const parts = forward.map(
    ({ targetGroup, weight }) => `${targetGroup.split('/').at(-2) ?? targetGroup} ${weight}`,
  );
  return parts.join(', ') || 'a fixed answer';
}
