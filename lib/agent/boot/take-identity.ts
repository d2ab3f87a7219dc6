import { HoldfastError } from '../../release/errors.ts';
import { minionIdOf } from '../session/minion-id.ts';
import type { BootContext } from './boot-context.ts';
import { factsOf, writeFacts } from './facts.ts';
import { nameHost } from './host-name.ts';

/** Stage `identity`: the machine gets its name, and its states learn what it is. */
export async function takeIdentity(context: BootContext): Promise<void> {
  refuseOther(context);
  const { home, agentSettings, identity, events } = context;
  const minionId = minionIdOf(agentSettings);
  writeFacts(home, minionId, factsOf(agentSettings, identity));
  // Without a root of its own it is no machine of its own: its name is somebody else's.
  if (home === '/') await nameHost(home, minionId, events);
  events.tell('identity', { minionId, record: identity.record, settings: identity.settings });
}

/** An instance with the tags of another service would read what is not its own. */
function refuseOther({ init, settings, identity }: BootContext): void {
  if (init.environment === settings.environment && init.service === settings.service) return;
  throw new HoldfastError(
    'BootstrapFailed',
    `parameter ${identity.settings}: found service ${settings.service} of ${settings.environment}, expected ${init.service} of ${init.environment}; launch the instance through a deployment`,
  );
}
