import { parameters, store } from '../lib/lambda/connect.ts';
import { onLambda } from '../lib/lambda/handler.ts';
import { claimForSettle } from '../lib/rollout/actions/ownership.ts';
import { recordOfJournal } from '../lib/rollout/actions/settings.ts';
import type { StepContext } from '../lib/rollout/actions/step-context.ts';
import type { CloseEvent, Output } from '../lib/rollout/contract.ts';
import { outputOf } from '../lib/rollout/decisions/output.ts';
import { closedJournal, type Journal } from '../lib/rollout/journal.ts';

/** Closes the journal: reality is the record. Answers with the record. A second run finds the journal closed. */
export async function close(event: CloseEvent, deps: StepContext<'parameters'>): Promise<Output> {
  const held = await deps.journals.read(event.service);
  const isClosed = held?.journal.state === 'closed' && held.journal.execution === event.execution;
  if (isClosed) return describe(event, deps, held.journal);
  const owner = await claimForSettle(deps, event);
  // Read before it closes: a step that fails afterwards would leave nothing to settle.
  const output = await describe(event, deps, owner.journal);
  await owner.note(closedJournal);
  return output;
}

async function describe(
  event: CloseEvent,
  deps: StepContext<'parameters'>,
  journal: Journal,
): Promise<Output> {
  const recorded = await recordOfJournal(deps, journal);
  return outputOf(journal, recorded, { startedAt: event.startedAt ?? journal.since, now: deps.now() });
}

export const handler = onLambda(close, (options) => ({ ...store(options), ...parameters(options) }));
