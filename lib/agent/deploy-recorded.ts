import type { BootContext } from './boot-context.ts';
import { deploy } from './deploy.ts';

/** Stage `deploy`: applies the recorded release, starts it and waits until it is healthy. */
export async function deployRecorded(context: BootContext): Promise<void> {
  context.deployed = await deploy(context.own, context.events, context.stores);
}
