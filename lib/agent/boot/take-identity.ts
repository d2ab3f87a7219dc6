import { HoldfastError } from '../../release/errors.ts';
import { minionIdOf } from '../session/minion-id.ts';
import type { BootContext } from './boot-context.ts';
import { factsOf, writeFacts } from './facts.ts';
import { nameHost } from './host-name.ts';

/** Stage `identity`: sets the host name and writes the facts for the states. */
export async function takeIdentity(context: BootContext): Promise<void> {
  refuseOther(context);
  const { home, agentSettings, identity, events } = context;
  const minionId = minionIdOf(agentSettings);
  writeFacts(home, minionId, factsOf(agentSettings, identity));
  // An instance without a root of its own shares the machine's name.
  if (home === '/') await nameHost(home, minionId, events);
  events.tell('identity', { minionId, record: identity.record, settings: identity.settings });
}

/** An instance with another service's tags would read data of that service. */
function refuseOther({ init, settings, identity }: BootContext): void {
  if (init.environment === settings.environment && init.service === settings.service) return;
  throw new HoldfastError(
    'BootstrapFailed',
    `parameter ${identity.settings}: found service ${settings.service} of ${settings.environment}, expected ${init.service} of ${init.environment}; launch the instance through a deployment`,
  );
}
