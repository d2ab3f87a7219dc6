import { storeKeys } from '../config/resource-names.ts';
import { isArtifact } from '../release/release.ts';
import type { LocalEnvironment } from './environment.ts';
import { recordOf } from './fleets.ts';
import type { GitServer } from './git/server.ts';
import type { Timeline } from './timeline.ts';
import { until } from './until.ts';

/** Time for instances in service to upload the archives of their release. Seconds. */
const archiveSeconds = 30;

interface Stage {
  environment: LocalEnvironment;
  gitHost: GitServer;
  timeline: Timeline;
  signal: AbortSignal;
}

/**
 * Runs something while the git host is away: new launches have only the archives of the recorded release. If no
 * archive can hold a repository (submodules, files that git converts), the host stays up, and the timeline says so.
 */
export async function withoutGit(stage: Stage, work: () => Promise<void>): Promise<void> {
  const { gitHost, timeline } = stage;
  gitHost.isAway = await hasArchives(stage);
  const state = gitHost.isAway ? 'while the git host is away' : 'with the git host: there is no archive';
  timeline.say(`scale-out: one more instance for the live fleet, ${state}`);
  await work().finally(() => {
    gitHost.isAway = false;
  });
}

async function hasArchives({ environment, signal }: Stage): Promise<boolean> {
  const isKept = () => (missingArchives(environment).length === 0 ? true : undefined);
  const options = { what: 'the archives of the release', seconds: archiveSeconds, signal };
  return await until(isKept, options).catch((error: unknown) => {
    if (signal.aborted) throw error;
    return false;
  });
}

/** Keys of the recorded release's archives that are missing in the store. */
function missingArchives(environment: LocalEnvironment): string[] {
  const { world, service, settings } = environment;
  const commits = Object.entries(recordOf(environment)?.release ?? {}).flatMap(([name, entry]) =>
    isArtifact(entry) ? [] : [storeKeys.archive(service, name, entry.commit)],
  );
  const kept = new Set(
    world.s3
      .listObjectsV2({ Bucket: settings.bucket, Prefix: storeKeys.archives(service) })
      .Contents?.map(({ Key }) => Key),
  );
  return commits.filter((key) => !kept.has(key));
}
