import { store } from '../lib/lambda/connect.ts';
import { onLambda } from '../lib/lambda/handler.ts';
import { holdForSettle } from '../lib/rollout/actions/ownership.ts';
import type { Needs } from '../lib/rollout/actions/step-context.ts';
import type { StepEvent } from '../lib/rollout/contract.ts';
import { closed } from '../lib/rollout/journal.ts';

/** Gives the journal up: reality is the record. An earlier run of this step may have done it. */
export async function close(event: StepEvent, deps: Needs): Promise<void> {
  const held = await deps.journals.read(event.service);
  if (held?.journal.state === 'closed' && held.journal.execution === event.execution) return;
  const hold = await holdForSettle(deps, event);
  await hold.note(closed);
}

export const handler = onLambda(close, store);
