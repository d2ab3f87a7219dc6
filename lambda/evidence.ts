import { balancer, groups, machines, parameters, store } from '../lib/aws/connect.ts';
import { onLambda } from '../lib/aws/on-lambda.ts';
import { nameSchema } from '../lib/release/names.ts';
import type { EvidenceEvent, Failure } from '../lib/rollout/contract.ts';
import { causeOf } from '../lib/rollout/evidence.ts';
import type { Journal } from '../lib/rollout/journal.ts';
import type { Needs } from '../lib/steps/deps.ts';
import { keepEvidence } from '../lib/steps/evidence.ts';

/**
 * Stands between a failure and settle: keeps the evidence before settle ends the instances it lies on, and says whether
 * there is anything to settle. An execution that does not own the journal, because it was refused or lost it, ends at once.
 */
export async function evidence(
  event: EvidenceEvent,
  deps: Needs<'parameters' | 'groups' | 'instances' | 'balancer'>,
): Promise<Failure> {
  const journal = await journalOf(event, deps);
  const owned = journal?.state === 'open' && journal.execution === event.execution;
  const where = owned ? await keepEvidence(deps, journal, event) : undefined;
  const committed = owned && journal.commit !== undefined;
  return {
    Error: event.failure.Error ?? 'Unknown',
    Cause: causeOf(event.failure, { committed, evidence: where }),
    settle: owned,
  };
}

/** The journal of the service that the input names; a refused input may name none. */
async function journalOf({ input }: EvidenceEvent, deps: Needs): Promise<Journal | undefined> {
  const service = nameSchema.safeParse((input as { service?: unknown } | null)?.service);
  return service.success ? (await deps.journals.read(service.data))?.journal : undefined;
}

export const handler = onLambda(evidence, (around) => ({
  ...store(around),
  ...parameters(around),
  ...groups(around),
  ...machines(around),
  ...balancer(around),
}));
