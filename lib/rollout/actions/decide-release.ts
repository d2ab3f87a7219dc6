import type { HeldJournal } from '../../aws/journals.ts';
import type { ReleaseRequest } from '../../release/release-request.ts';
import type { DeploymentInput, StartEvent } from '../contract.ts';
import { keptRelease } from '../decisions/kept-release.ts';
import { type Resolved, refuseUnresolvable, resolveRelease } from './resolve-release.ts';
import type { PinnedSettings, Recorded } from './settings.ts';
import type { StepContext } from './step-context.ts';

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
  deps: StepContext<'refs'>,
  { asked, settings: { settings } }: Request,
  recorded: Recorded | undefined,
): Promise<Decided> {
  const release = recorded?.record.release;
  const wanted = { asked, kept: keptRelease(asked, release, settings.repositories), recorded: release };
  refuseUnresolvable(settings, wanted);
  return { recorded, resolved: await resolveRelease(deps, settings, wanted) };
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
