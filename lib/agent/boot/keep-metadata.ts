import { guardMetadata } from '../systemd/metadata-guard.ts';
import type { BootContext } from './boot-context.ts';

/** Stage `metadata`: from here on the role is root's, before a line of the release or the configuration runs. */
export async function keepMetadata({ home, agentSettings, events }: BootContext): Promise<void> {
  await guardMetadata(agentSettings.metadata, home, events);
}
