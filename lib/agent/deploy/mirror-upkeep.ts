import { messageOf } from '../../release/errors.ts';
import { isArtifact } from '../../release/release.ts';
import { Mirror } from '../git/mirror.ts';
import { keptReleases } from '../releases/release-notes.ts';
import type { Session } from '../session/session.ts';

/** Number of packs at which repacking a mirror pays. Each fetch adds one. */
const mostPacks = 24;
/** Commits that stay in the mirror besides those of the kept releases. */
const mostCommits = 12;

/** Keeps mirrors from growing for ever. It is not part of the deployment: a failure is only a warning. */
export async function packMirrors(session: Session, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const paths = session.layout.repository(name);
    const mirror = new Mirror(paths.mirror, session.git);
    if (mirror.packs() < mostPacks) continue;
    const kept = keptReleases(paths).flatMap(({ note: { entry } }) =>
      isArtifact(entry) ? [] : [entry.commit],
    );
    await session.events
      .phase('upkeep', name, () => mirror.pack(kept, mostCommits))
      .catch((error: unknown) => session.events.warn(messageOf(error), { repository: name }));
  }
}
