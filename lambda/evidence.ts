import { balancer, ec2, groups, parameters, store } from '../lib/lambda/connect.ts';
import { onLambda } from '../lib/lambda/handler.ts';
import { nameSchema } from '../lib/release/identifiers.ts';
import { isUnavailable, tryToRead, type Unavailable } from '../lib/rollout/actions/best-effort.ts';
import { keepEvidence } from '../lib/rollout/actions/evidence.ts';
import type { StepContext } from '../lib/rollout/actions/step-context.ts';
import type { EvidenceEvent, Failure } from '../lib/rollout/contract.ts';
import { endingOf } from '../lib/rollout/decisions/evidence.ts';
import type { Journal } from '../lib/rollout/journal.ts';

/**
 * Runs between a failure and settle: saves the evidence before settle ends the instances that hold it, and tells
 * whether there is anything to settle. An execution that does not own the journal, because it was refused or lost it,
 * ends at once. Also runs when settling failed, and then reports both errors. Failing to save evidence never fails
 * the step.
 */
export async function evidence(
  event: EvidenceEvent,
  deps: StepContext<'parameters' | 'groups' | 'instances' | 'balancer'>,
): Promise<Failure> {
  const { state } = event;
  const settle = state.unsettled === undefined;
  const journal = await tryToRead(() => journalOf(event, deps));
  // Nobody knows then whether there is anything to settle: restore finds out.
  if (isUnavailable(journal))
    return { ...endingOf(state, { committed: false, evidence: describeUnavailable(journal) }), settle };
  const owned = journal?.state === 'open' && journal.execution === event.execution;
  if (!owned) return { ...endingOf(state, { committed: false }), settle: false };
  const kept = await tryToRead(() => keepEvidence(deps, journal, event));
  const known = {
    step: journal.step,
    committed: journal.commit !== undefined,
    evidence: isUnavailable(kept) ? describeUnavailable(kept) : `evidence: ${kept}`,
  };
  return { ...endingOf(state, known), settle };
}

function describeUnavailable({ unavailable }: Unavailable): string {
  return `the evidence could not be kept: ${unavailable}`;
}

/** The journal of the service that the input names. A refused input may name none. */
async function journalOf({ input }: EvidenceEvent, deps: StepContext): Promise<Journal | undefined> {
  const service = nameSchema.safeParse((input as { service?: unknown } | null)?.service);
  return service.success ? (await deps.journals.read(service.data))?.journal : undefined;
}

export const handler = onLambda(evidence, (options) => ({
  ...store(options),
  ...parameters(options),
  ...groups(options),
  ...ec2(options),
  ...balancer(options),
}));
