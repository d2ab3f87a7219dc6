import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Rule } from './rule.ts';
import { weights } from './rule.ts';
import type { Target } from './target.ts';
import type { TargetGroup } from './target-group.ts';

/** Destination of a request. */
export type Route =
  | { kind: 'target'; rule: string; group: TargetGroup; target: Target }
  | { kind: 'fixed'; rule: string; status: number; contentType: string; body: string }
  | { kind: 'redirect'; rule: string; status: number; config: NonNullable<Action['RedirectConfig']> }
  /** No target can take it: the balancer answers 503. */
  | { kind: 'none'; rule: string; because: string };

/** Where the rule's action sends a request; `pick` gives numbers from 0 to below 1. */
export function follow(rule: Rule, groups: ReadonlyMap<string, TargetGroup>, pick: () => number): Route {
  const action = rule.actions.at(-1);
  if (action?.Type === 'fixed-response') return fixedAnswer(rule, action);
  if (action?.Type === 'redirect')
    return {
      kind: 'redirect',
      rule: rule.arn,
      status: action.RedirectConfig?.StatusCode === 'HTTP_302' ? 302 : 301,
      config: action.RedirectConfig ?? { StatusCode: 'HTTP_301' },
    };
  const group = groups.get(pickByWeight(weights(rule), pick) ?? '');
  if (!group) return { kind: 'none', rule: rule.arn, because: 'every weight of the rule is 0' };
  const candidates = takers(group);
  const target = candidates[Math.floor(pick() * candidates.length)];
  if (target) return { kind: 'target', rule: rule.arn, group, target };
  return { kind: 'none', rule: rule.arn, because: `${group.name} has no registered target` };
}

/** Targets that get requests: the healthy ones, or all when none is healthy (fail open). */
export function takers(group: TargetGroup): Target[] {
  const registered = [...group.targets.values()].filter(({ state }) => state !== 'draining');
  const healthy = registered.filter(({ state }) => state === 'healthy');
  return healthy.length > 0 ? healthy : registered;
}

function pickByWeight(shares: ReadonlyMap<string, number>, pick: () => number): string | undefined {
  const total = [...shares.values()].reduce((sum, weight) => sum + weight, 0);
  let left = pick() * total;
  for (const [group, weight] of shares) {
    if (left < weight) return group;
    left -= weight;
  }
  return undefined;
}

function fixedAnswer(rule: Rule, { FixedResponseConfig }: Action): Route {
  return {
    kind: 'fixed',
    rule: rule.arn,
    status: Number(FixedResponseConfig?.StatusCode ?? 503),
    contentType: FixedResponseConfig?.ContentType ?? 'text/plain',
    body: FixedResponseConfig?.MessageBody ?? '',
  };
}
