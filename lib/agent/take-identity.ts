import { HoldfastError } from '../release/errors.ts';
import type { BootContext } from './boot-context.ts';

/** Stage `identity`. An instance with the tags of another service would read what is not its own. */
export async function takeIdentity({ init, settings, identity }: BootContext): Promise<void> {
  if (init.environment === settings.environment && init.service === settings.service) return;
  throw new HoldfastError(
    'BootstrapFailed',
    `parameter ${identity.settings}: found service ${settings.service} of ${settings.environment}, expected ${init.service} of ${init.environment}; launch the instance through a deployment`,
  );
}
