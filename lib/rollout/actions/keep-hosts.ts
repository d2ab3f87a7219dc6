import { hostsName, parameterNames } from '../../config/resource-names.ts';
import { type Finding, notReady, ready } from '../decisions/finding.ts';
import { createFleet } from './create-fleet.ts';
import type { JournalOwner } from './ownership.ts';
import type { ServiceView } from './service-view.ts';
import { applyScaling, applySizes } from './sizes.ts';
import type { StepContext } from './step-context.ts';

/** Name of the deployment in the tags of a fleet of hosts that record: no deployment makes it. */
const maker = 'hosts';

/** Makes the fleet of hosts that record, or gives it its sizes. Releases are the hosts' own business. */
export async function keepHosts(
  deps: StepContext<'parameters' | 'groups' | 'policies' | 'templates' | 'balancer'>,
  owner: JournalOwner,
  { newest, serving }: ServiceView,
): Promise<Finding> {
  const { service } = owner.journal;
  if (serving) {
    await applySizes(deps, owner, { newest }, serving);
    await applyScaling(deps, owner, { newest }, serving);
    return ready;
  }
  const name = hostsName(deps.environment, service);
  await createFleet(deps, owner, {
    name,
    record: parameterNames(deps.environment, service).deployed,
    settings: newest,
    deployment: maker,
    size: newest.settings.capacity.min,
  });
  return notReady(`the fleet of hosts ${name} was missing and is being created`);
}
