import type { Parameters } from '../aws/parameters.ts';
import type { Rules } from '../aws/rules.ts';
import { parameterNames, tags } from '../config/resource-names.ts';
import { HoldfastError } from '../release/errors.ts';
import { type DeployedRecord, parseRecord } from '../release/record.ts';
import type { Forward } from '../rollout/decisions/fleet.ts';
import { productionForward, type RoutedService, type Routing, testForward } from './routing.ts';

export interface EnsureRulesDeps {
  rules: Rules;
  parameters: Parameters;
}

/** Creates the missing rules of a service, one for each listener, and returns the attributes of the resource. */
export async function ensureRules(
  deps: EnsureRulesDeps,
  service: RoutedService,
  routing: Routing,
): Promise<{ RuleArn: string; TestRuleArn: string }> {
  const record = await readRecord(deps, service);
  return {
    RuleArn: await ensureRule(deps, service, routing, routing.listener, productionForward(routing, record)),
    TestRuleArn: await ensureRule(deps, service, routing, routing.testListener, testForward(routing, record)),
  };
}

async function readRecord(
  { parameters }: EnsureRulesDeps,
  { environment, service }: RoutedService,
): Promise<DeployedRecord | undefined> {
  const name = parameterNames(environment, service).deployed;
  const found = await parameters.get(name);
  return found && parseRecord(found.value, `parameter ${name}`);
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
