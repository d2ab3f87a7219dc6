import type { BootContext } from './boot-context.ts';
import { deploy } from './deploy.ts';
import { patiently, whileBooting } from './patience.ts';

/** Stage `deploy`: applies the recorded release, starts it and waits until it is healthy. */
export async function deployRecorded(context: BootContext): Promise<void> {
  const { own, events, stores } = context;
  const patience = { ...whileBooting, passing: ['GitFailed'] } as const;
  context.deployed = await patiently(events, patience, () => deploy(own, events, stores));
}
