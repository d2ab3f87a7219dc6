import { statSync } from 'node:fs';
import { storeKeys } from '../../config/resource-names.ts';
import { messageOf } from '../../release/errors.ts';
import { isArtifact, type Release } from '../../release/release.ts';
import { Mirror } from '../git/mirror.ts';
import { beginWork, endWork } from '../releases/workspace.ts';
import type { Session } from '../session/session.ts';
import { pack } from './pack.ts';

/** Largest size of one PutObject. Bytes. */
const mostBytes = 5 * 1024 ** 3;

/**
 * Uploads archives of the commits that this machine got from git, for later launches. It runs after the instance
 * entered service, and a failure is only a warning.
 */
export async function uploadArchives(session: Session, release: Release): Promise<void> {
  for (const [name, entry] of Object.entries(release)) {
    const paths = session.layout.repository(name);
    if (isArtifact(entry) || !new Mirror(paths.mirror, session.git).has(entry.commit)) continue;
    beginWork(paths);
    await session.events
      .phase('keep archive', name, () => uploadArchive(session, name, entry.commit))
      .catch((error: unknown) =>
        session.events.warn(`commit ${entry.commit} gets no archive: ${messageOf(error)}`, {
          repository: name,
        }),
      )
      .finally(() => endWork(paths, session.events));
  }
}

async function uploadArchive(session: Session, name: string, commit: string): Promise<void> {
  const key = storeKeys.archive(session.settings.service, name, commit);
  const objects = await session.stores.objects(session.settings.bucket);
  const tell = (result: string) => session.events.tell('archive', { repository: name, commit, result });
  if (await objects.head(key)) return tell('is there already');
  const { mirror, work } = session.layout.repository(name);
  const file = await pack(session.git, mirror, commit, work);
  const { size } = statSync(file);
  if (size > mostBytes) throw new Error(`it has ${size} bytes, one upload takes at most ${mostBytes}`);
  // Of many instances that launched together, all but the first find it there.
  if (await objects.head(key)) return tell('is there already');
  tell((await objects.upload(key, file, { absent: true })) ? 'kept' : 'is there already');
}
