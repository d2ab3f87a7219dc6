import { placeValues } from '../refresh/values.ts';
import type { BootContext } from './boot-context.ts';

/** Stage `values`: puts the environment of the service where it reads it, before it is started. */
export async function placeEnvironment({ agentSettings, events, stores }: BootContext): Promise<void> {
  await placeValues(agentSettings, events, stores);
}
