import { placeValues } from '../refresh/values.ts';
import type { BootContext } from './boot-context.ts';

/** Stage `values`: writes the environment of the service before the service starts. */
export async function placeEnvironment({ agentSettings, events, stores }: BootContext): Promise<void> {
  await placeValues(agentSettings, events, stores);
}
