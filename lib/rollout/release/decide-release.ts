import type { HeldJournal } from '../../aws/journals.ts';
import type { Release } from '../../release/release.ts';
import type { ReleaseRequest } from '../../release/release-request.ts';
import type { PinnedSettings, Recorded } from '../actions/settings.ts';
import type { StepContext } from '../actions/step-context.ts';
import type { DeploymentInput, StartEvent } from '../contract.ts';
import { refuseOtherRecord } from '../decisions/if-record.ts';
import { keptRelease, wholeRelease } from '../decisions/kept-release.ts';
import { numberedRecord } from './numbered-record.ts';
import { type Resolved, refuseUnresolvable, resolveRelease } from './resolve-release.ts';

/** A deployment as requested. */
export interface Request {
  event: StartEvent;
  input: DeploymentInput;
  asked: Record<string, ReleaseRequest>;
  settings: PinnedSettings;
}

/** A release, and the record beside which it was decided. */
export interface Decided {
  recorded: Recorded | undefined;
  resolved: Resolved;
}

/** Decides one exact release from the request and the record. */
export async function decideRelease(
  deps: StepContext<'parameters' | 'refs'>,
  request: Request,
  recorded: Recorded | undefined,
): Promise<Decided> {
  const { asked, input, settings } = request;
  refuseOtherRecord(input, recorded?.version);
  const kept = await keptEntries(deps, request, recorded);
  const wanted = { asked, kept, recorded: recorded?.record.release };
  refuseUnresolvable(settings.settings, wanted);
  return { recorded, resolved: await resolveRelease(deps, settings.settings, wanted) };
}

async function keptEntries(
  deps: StepContext<'parameters'>,
  { asked, input: { service, version }, settings: { settings } }: Request,
  recorded: Recorded | undefined,
): Promise<Release> {
  const release = recorded?.record.release;
  if (version === undefined) return keptRelease(asked, release, settings.repositories);
  const { record } = await numberedRecord(deps, service, version, recorded);
  return wholeRelease({ release: record.release, version }, release, settings);
}

/**
 * Whether no deployment is on its way, nor left behind, and this execution has not run before. Then all that can be
 * refused is refused before the journal is taken.
 */
export function isAtRest(held: HeldJournal | undefined, { execution }: StartEvent): boolean {
  if (!held) return true;
  const { state, origin, execution: owner } = held.journal;
  return state === 'closed' && origin !== execution && owner !== execution;
}
