import type { ServiceView } from './service-view.ts';
import type { StepContext } from './step-context.ts';
import { targetGroupsOf, withTargets } from './target-groups.ts';

/**
 * Seconds until targets of other fleets may go. The load balancer's nodes apply a changed rule late, and answers about
 * the rule are late too: any group that has targets may have lost its weight a moment ago, whoever took it.
 */
export async function secondsForRule(
  deps: StepContext<'balancer' | 'parameters'>,
  view: ServiceView,
): Promise<number> {
  const { balancer, rollout } = view.newest.settings;
  if (!balancer) return 0;
  const { others } = await targetGroupsOf(deps, view);
  return (await withTargets(deps, others)).length > 0 ? rollout.ruleSeconds : 0;
}
