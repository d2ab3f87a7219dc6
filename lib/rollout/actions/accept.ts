import { HoldfastError } from '../../release/errors.ts';
import type { SettleInput, StartEvent, TakenOver } from '../contract.ts';
import { describeOwner, isAlive, type Journal, takeOverJournal } from '../journal.ts';
import { recordOfCandidate } from './candidate-record.ts';
import { judgeServing } from './judge-serving.ts';
import type { StepContext } from './step-context.ts';

type AcceptNeeds = StepContext<'parameters' | 'groups' | 'balancer' | 'executions'>;

/**
 * Takes an unsettled journal over, and commits the candidate that serves in place of a recorded release that cannot
 * run. Settling then goes forward. A settle that waits in vain is taken over too, a deployment never.
 */
export async function acceptServing(
  deps: AcceptNeeds,
  event: StartEvent,
  { service, reason }: SettleInput,
): Promise<TakenOver> {
  const held = await deps.journals.read(service);
  if (held?.journal.state !== 'open') {
    throw new HoldfastError(
      'InvalidInput',
      `service ${service}: found nothing to accept, because nothing waits to be settled; deploy instead`,
    );
  }
  const { journal, etag } = held;
  if (journal.execution === event.execution) return takenOver(journal);
  await refuseLiveDeployment(deps, journal);
  const next = takeOverJournal(journal, event.execution, deps.now());
  const written = await deps.journals.write(await committed(deps, next, reason), { etag });
  if (written) return takenOver(written.journal);
  throw new HoldfastError(
    'DeploymentInProgress',
    `service ${service}: its journal changed at this moment; try again`,
  );
}

function takenOver({ taken = '' }: Journal): TakenOver {
  return { outcome: 'wait', because: `taken over from ${taken}` };
}

async function refuseLiveDeployment({ executions, now }: AcceptNeeds, journal: Journal): Promise<void> {
  if (journal.kind !== 'deployment') return;
  const status = await executions.status(journal.execution);
  if (!isAlive(journal, status, now())) return;
  throw new HoldfastError(
    'DeploymentInProgress',
    `service ${journal.service} is held by ${describeOwner(journal)}; stop it, then accept what serves`,
  );
}

/** A journal that holds a commit goes forward anyway. */
async function committed(deps: AcceptNeeds, journal: Journal, reason: string): Promise<Journal> {
  if (journal.commit || !journal.candidate) return journal;
  const finding = await judgeServing(deps, journal, 1);
  if (finding.ready)
    return { ...journal, commit: { record: await recordOfCandidate(deps, journal.candidate, reason) } };
  throw new HoldfastError(
    'NotInService',
    `service ${journal.service}: found no release that serves alone and could be recorded, because ${finding.because}; nothing was changed`,
  );
}
