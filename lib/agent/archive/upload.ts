import { statSync } from 'node:fs';
import { storeKeys } from '../../config/resource-names.ts';
import { messageOf } from '../../release/errors.ts';
import { isArtifact, type Release } from '../../release/release.ts';
import { Mirror } from '../git/mirror.ts';
import { beginWork, endWork } from '../releases/workspace.ts';
import type { Desk } from '../session/session.ts';
import { pack } from './pack.ts';

/** As much as one PutObject takes. */
const mostBytes = 5 * 1024 ** 3;

/**
 * Keeps archives of the commits that this machine has from git, for those that launch later. It is done when the instance
 * is in service; when it fails, that is only told.
 */
export async function keepArchives(desk: Desk, release: Release): Promise<void> {
  for (const [name, entry] of Object.entries(release)) {
    const paths = desk.layout.repository(name);
    if (isArtifact(entry) || !new Mirror(paths.mirror, desk.git).has(entry.commit)) continue;
    beginWork(paths);
    await desk.events
      .phase('keep archive', name, () => keep(desk, name, entry.commit))
      .catch((error: unknown) =>
        desk.events.warn(`commit ${entry.commit} gets no archive: ${messageOf(error)}`, { repository: name }),
      )
      .finally(() => endWork(paths));
  }
}

async function keep(desk: Desk, name: string, commit: string): Promise<void> {
  const key = storeKeys.archive(desk.settings.service, name, commit);
  const objects = await desk.stores.objects(desk.settings.bucket);
  const tell = (result: string) => desk.events.tell('archive', { repository: name, commit, result });
  if (await objects.head(key)) return tell('is there already');
  const { mirror, work } = desk.layout.repository(name);
  const file = await pack(desk.git, mirror, commit, work);
  const { size } = statSync(file);
  if (size > mostBytes) throw new Error(`it takes ${size} bytes, and an object takes ${mostBytes} at once`);
  // Of many instances that launched together, all but the first find it there by now.
  if (await objects.head(key)) return tell('is there already');
  tell((await objects.upload(key, file, { absent: true })) ? 'kept' : 'is there already');
}
