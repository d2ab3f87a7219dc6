import type { SettleInput } from '../contract.ts';
import { settleName } from '../decisions/sweep.ts';
import type { Journal } from '../journal.ts';
import type { Adapters } from './step-context.ts';

/** Starts the settle machine for a service, unless it was started a moment ago for the same reason. */
export async function startSettle(
  deps: Pick<Adapters, 'executions' | 'settleMachine' | 'now'>,
  journal: Journal,
  reason: string,
  action: SettleInput['action'] = 'settle',
): Promise<void> {
  const input: SettleInput = { service: journal.service, reason: reason.slice(0, 1024) };
  const name = settleName(journal, deps.now());
  // Beside a settle that failed in the same minutes.
  if (action === 'settle') await deps.executions.start(deps.settleMachine, name, input);
  else await deps.executions.start(deps.settleMachine, `${name}-${action}`, { ...input, action });
}
