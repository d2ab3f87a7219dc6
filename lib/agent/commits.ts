import { existsSync } from 'node:fs';
import { isArtifact, type Release } from '../release/release.ts';
import type { CommitInfo } from '../release/report.ts';
import type { Desk } from './desk.ts';
import { Mirror } from './mirror.ts';

/** Who, when and what of each commit of a release, as far as this machine's mirrors know them. */
export async function commitsOf(desk: Desk, release: Release): Promise<Record<string, CommitInfo>> {
  const known = await Promise.all(
    Object.entries(release).map(async ([name, entry]) => {
      const { mirror } = desk.layout.repository(name);
      if (isArtifact(entry) || !existsSync(mirror)) return undefined;
      const info = await new Mirror(mirror, desk.git).info(entry.commit).catch(() => undefined);
      return info && ([name, info] as const);
    }),
  );
  return Object.fromEntries(known.filter((each) => each !== undefined));
}
