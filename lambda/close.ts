import { store } from '../lib/lambda/connect.ts';
import { onLambda } from '../lib/lambda/handler.ts';
import { claimForSettle } from '../lib/rollout/actions/ownership.ts';
import type { StepContext } from '../lib/rollout/actions/step-context.ts';
import type { StepEvent } from '../lib/rollout/contract.ts';
import { closedJournal } from '../lib/rollout/journal.ts';

/** Closes the journal: reality is the record. A second run finds it closed. */
export async function close(event: StepEvent, deps: StepContext): Promise<void> {
  const held = await deps.journals.read(event.service);
  if (held?.journal.state === 'closed' && held.journal.execution === event.execution) return;
  const owner = await claimForSettle(deps, event);
  await owner.note(closedJournal);
}

export const handler = onLambda(close, store);
