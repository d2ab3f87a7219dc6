import type { Groups } from '../aws/groups.ts';
import type { Parameters } from '../aws/parameters.ts';
import type { Rules } from '../aws/rules.ts';
import { parameterNames, tags } from '../config/resource-names.ts';
import type { Colour } from '../release/colour.ts';
import { HoldfastError } from '../release/errors.ts';
import { parseRecord } from '../release/record.ts';
import type { Forward } from '../rollout/decisions/fleet.ts';
import { fleetsBehind } from './remove-route.ts';
import { productionForward, type RoutedService, type Routing, testForward } from './routing.ts';

export interface EnsureRulesDeps {
  rules: Rules;
  parameters: Parameters;
  groups: Groups;
}

/** Creates the missing rules of a service, one for each listener, and returns the attributes of the resource. */
export async function ensureRules(
  deps: EnsureRulesDeps,
  service: RoutedService,
  routing: Routing,
): Promise<{ RuleArn: string; TestRuleArn: string }> {
  const colour = await servingColour(deps, service, routing);
  return {
    RuleArn: await ensureRule(deps, service, routing, routing.listener, productionForward(routing, colour)),
    TestRuleArn: await ensureRule(deps, service, routing, routing.testListener, testForward(routing, colour)),
  };
}

/** Recorded colour, if its fleet stands behind the colour's target group: one born without a route does not. */
async function servingColour(
  deps: EnsureRulesDeps,
  of: RoutedService,
  { targetGroups }: Routing,
): Promise<Colour | undefined> {
  const name = parameterNames(of.environment, of.service).deployed;
  const found = await deps.parameters.get(name);
  const colour = found && parseRecord(found.value, `parameter ${name}`).colour;
  if (!colour) return undefined;
  const fleets = await fleetsBehind(deps, of);
  return fleets.some((fleet) => fleet.targetGroups.includes(targetGroups[colour])) ? colour : undefined;
}

/**
 * The service's rule on a listener: an existing rule gets conditions and priority of the routing, a new one `forward`
 * too.
 */
async function ensureRule(
  { rules }: EnsureRulesDeps,
  { environment, service }: RoutedService,
  { priority, conditions }: Routing,
  listener: string,
  forward: Forward,
): Promise<string> {
  const [found, ...more] = await rules.find(listener, environment, service);
  if (found && more.length > 0) {
    throw new HoldfastError(
      'InvalidInput',
      `service ${service}: found ${more.length + 1} rules on ${listener} (${[found, ...more].map(({ arn }) => arn).join(', ')}), expected one; delete those that Holdfast did not make`,
    );
  }
  if (!found) {
    const labels = { [tags.environment]: environment, [tags.service]: service };
    return rules.create({ listener, priority, conditions, forward, tags: labels });
  }
  await rules.setConditions(found.arn, conditions);
  if (found.priority !== priority) await rules.setPriority(found.arn, priority);
  return found.arn;
}
