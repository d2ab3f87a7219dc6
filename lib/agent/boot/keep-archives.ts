import { constants, setPriority } from 'node:os';
import { messageOf } from '../../release/errors.ts';
import { uploadArchives } from '../archive/upload.ts';
import { withSession } from '../session/session.ts';
import type { BootContext } from './boot-context.ts';

/**
 * What is left to do once the instance serves: archives of what it got from git, for those that launch later. What serves
 * has the machine first, and nothing that fails here matters to it.
 */
export async function keepArchives({ agentSettings, events, stores, deployed }: BootContext): Promise<void> {
  if (deployed.result !== 'deployed') return;
  setPriority(constants.priority.PRIORITY_LOW);
  await withSession(agentSettings, events, stores, (session) =>
    uploadArchives(session, deployed.release),
  ).catch((error: unknown) => events.warn(`archives could not be uploaded: ${messageOf(error)}`));
}
