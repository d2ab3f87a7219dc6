import { existsSync } from 'node:fs';
import type { CommitInfo } from '../../release/commit-info.ts';
import { isArtifact, type Release } from '../../release/release.ts';
import { Mirror } from '../git/mirror.ts';
import { currentRelease } from '../releases/release-notes.ts';
import type { Session } from '../session/session.ts';

/** Author, date and subject of each commit of the current release, as far as this machine knows them. */
export async function commitsOf(session: Session, release: Release): Promise<Record<string, CommitInfo>> {
  const known = await Promise.all(
    Object.entries(release).map(async ([name, entry]) => {
      if (isArtifact(entry)) return undefined;
      const info = await infoOf(session, name, entry.commit);
      return info && ([name, info] as const);
    }),
  );
  return Object.fromEntries(known.filter((each) => each !== undefined));
}

async function infoOf(session: Session, name: string, commit: string): Promise<CommitInfo | undefined> {
  const paths = session.layout.repository(name);
  const note = currentRelease(paths)?.note;
  if (note?.info && !isArtifact(note.entry) && note.entry.commit === commit) return note.info;
  if (!existsSync(paths.mirror)) return undefined;
  return await new Mirror(paths.mirror, session.git).info(commit).catch(() => undefined);
}
