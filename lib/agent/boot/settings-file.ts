import { join } from 'node:path';
import { writeState } from '../host/state-file.ts';
import type { BootContext } from './boot-context.ts';

/** Path below `/`, for people who deploy on the instance by hand and for later runs on it. */
export const settingsFile = 'etc/holdfast/agent.json';

/** Stage `settings`: writes the settings with which the release can be applied again. */
export async function writeSettings({ home, agentSettings }: BootContext): Promise<void> {
  writeState(join(home, settingsFile), agentSettings);
}
