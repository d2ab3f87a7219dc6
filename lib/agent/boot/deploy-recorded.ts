import { deploy } from '../deploy/deploy.ts';
import { retryFor, whileBooting } from '../host/retry.ts';
import type { BootContext } from './boot-context.ts';

/**
 * Stage `deploy`: applies the recorded release, starts it and waits until it is healthy. The first hosts of a service
 * whose instances record find nothing recorded: they wait for somebody to deploy on them.
 */
export async function deployRecorded(context: BootContext): Promise<void> {
  const { agentSettings, events, stores, settings } = context;
  const { release } = agentSettings.parameters;
  if (settings.record === 'instances' && !(await stores.parameters.get(release))) {
    events.warn(`parameter ${release} does not exist: nothing was ever deployed; deploy on a host by hand`);
    return;
  }
  const patience = { ...whileBooting, passing: ['GitFailed'] } as const;
  context.deployed = await retryFor(events, patience, () => deploy(agentSettings, events, stores));
}
