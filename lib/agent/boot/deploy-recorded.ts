import { deploy } from '../deploy/deploy.ts';
import { retryFor, whileBooting } from '../host/retry.ts';
import type { BootContext } from './boot-context.ts';

/** Stage `deploy`: applies the recorded release, starts it and waits until it is healthy. */
export async function deployRecorded(context: BootContext): Promise<void> {
  const { agentSettings, events, stores } = context;
  const patience = { ...whileBooting, passing: ['GitFailed'] } as const;
  context.deployed = await retryFor(events, patience, () => deploy(agentSettings, events, stores));
}
