import { constants, setPriority } from 'node:os';
import { messageOf } from '../../release/errors.ts';
import { uploadArchives } from '../archive/upload.ts';
import { withSession } from '../session/session.ts';
import type { BootContext } from './boot-context.ts';

/**
 * After the instance is in service, archives what came from git so that later launches need not fetch it. Runs at low
 * priority, and a failure does not matter to the instance.
 */
export async function keepArchives({ agentSettings, events, stores, deployed }: BootContext): Promise<void> {
  if (deployed.result !== 'deployed') return;
  setPriority(constants.priority.PRIORITY_LOW);
  await withSession(agentSettings, events, stores, (session) =>
    uploadArchives(session, deployed.release),
  ).catch((error: unknown) => events.warn(`archives could not be uploaded: ${messageOf(error)}`));
}
