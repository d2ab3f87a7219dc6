import type { Balancer } from '../aws/balancer.ts';
import type { Executions } from '../aws/executions.ts';
import type { Journals } from '../aws/journals.ts';
import type { Rules } from '../aws/rules.ts';
import { HoldfastError } from '../release/errors.ts';
import { closedJournal, describeOwner, isAlive } from '../rollout/journal.ts';
import { type EndFleetsDeps, endFleets } from './end-fleets.ts';
import { removeRules } from './remove-rules.ts';
import type { RoutedService } from './routing.ts';

export interface DeleteServiceDeps extends EndFleetsDeps {
  rules: Rules;
  balancer: Balancer;
  journals: Journals;
  executions: Executions;
}

/**
 * Ends a service in the order that cuts nobody off: requests, then instances, then the resources that only they
 * needed. Its records stay, as its history.
 */
export async function deleteService(deps: DeleteServiceDeps, ended: RoutedService): Promise<void> {
  await refuseWhileDeploying(deps, ended.service);
  const { routing } = ended;
  // The load balancer's nodes go by removed rules for a while.
  if (routing && (await removeRules(deps.rules, ended, routing)))
    await deps.sleep(routing.ruleSeconds * 1000);
  await endFleets(deps, ended);
  for (const { arn } of await deps.balancer.ofService(ended.environment, ended.service))
    await deps.balancer.delete(arn);
  await closeJournal(deps, ended.service);
}

async function refuseWhileDeploying(
  { journals, executions, now }: DeleteServiceDeps,
  service: string,
): Promise<void> {
  const held = await journals.read(service);
  if (held?.journal.state !== 'open') return;
  const status = await executions.status(held.journal.execution);
  if (!isAlive(held.journal, status, now())) return;
  throw new HoldfastError(
    'DeploymentInProgress',
    `service ${service}: found ${describeOwner(held.journal)}, expected none; let it end or stop it, then delete the stack again`,
  );
}

/** A deployment that ended badly may have left the journal open. There is nothing to settle any more. */
async function closeJournal({ journals }: DeleteServiceDeps, service: string): Promise<void> {
  const held = await journals.read(service);
  if (held?.journal.state === 'open') await journals.write(closedJournal(held.journal), { etag: held.etag });
}
