import { tags } from '../../config/resource-names.ts';
import type { Settings } from '../../config/settings.ts';
import type { LaunchedInstance } from '../../local-aws/model/hosts.ts';
import { messageOf, nameOf } from '../../release/errors.ts';
import type { Release } from '../../release/release.ts';
import { isRetryable, type Report } from '../../release/report.ts';

/** Result of building an instance. */
export interface Built {
  /** As far as it was known. */
  release: Release;
  /** Milliseconds since the epoch. */
  begun: number;
  ended: number;
  /** Why it failed; left out: it is ready. */
  failure?: unknown;
}

/** The report of an instance, as the agent writes it. */
export function reportOf(instance: LaunchedInstance, settings: Settings, built: Built): Report {
  const { environment, service, role } = settings;
  const colour = instance.tags[tags.colour];
  const deployment = instance.tags[tags.deployment];
  return {
    schema: 1,
    instance: instance.id,
    environment,
    service,
    role,
    ...((colour === 'blue' || colour === 'green') && { colour }),
    record: instance.tags[tags.record] ?? '',
    settings: instance.tags[tags.settings] ?? '',
    ...(deployment !== undefined && { deployment }),
    result: built.failure === undefined ? 'ready' : 'failed',
    release: built.release,
    phases: [{ name: 'deploy', seconds: (built.ended - built.begun) / 1000 }],
    ...(built.failure !== undefined && { error: reportedError(built.failure) }),
    at: new Date(built.ended).toISOString(),
  };
}

function reportedError(failure: unknown): NonNullable<Report['error']> {
  const name = nameOf(failure, 'BootstrapFailed');
  return { name, message: messageOf(failure), retryable: isRetryable(name) };
}
