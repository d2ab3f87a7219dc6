import type { HeldJournal } from '../../aws/journals.ts';
import { HoldfastError } from '../../release/errors.ts';
import { isAlive, openedJournal, type Taker } from '../journal.ts';
import { JournalOwner } from './ownership.ts';
import type { Adapters } from './step-context.ts';

type TakeDeps = Pick<Adapters, 'journals' | 'executions' | 'now'>;

/** Result of an attempt to take the journal. */
export type TakenJournal =
  | { as: 'ours'; owner: JournalOwner }
  /** Open; its owner may still act. */
  | { as: 'alive'; held: HeldJournal }
  /** Open; its owner ended without closing it. */
  | { as: 'stale'; held: HeldJournal }
  /** Closed by this very execution or by the settle after it: a redriven execution finds this. */
  | { as: 'over'; held: HeldJournal };

/** Another execution may be faster this many times in a row. */
const attempts = 10;

/** Takes a free journal by a conditional write: of several takers one wins. */
export async function takeJournal(deps: TakeDeps, taker: Taker): Promise<TakenJournal> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const held = await deps.journals.read(taker.service);
    if (held) {
      const found = await judgeHeld(deps, taker, held);
      if (found) return found;
    }
    const journal = openedJournal(taker, held?.journal, deps.now());
    const written = await deps.journals.write(journal, held ? { etag: held.etag } : { absent: true });
    if (written) return continueWith(deps, taker, written);
  }
  throw new HoldfastError(
    'DeploymentInProgress',
    `the journal of service ${taker.service} was taken by other executions ${attempts} times in a row; deploy again when they have ended`,
  );
}

/** Why a journal cannot be taken; `undefined` when it can. */
async function judgeHeld(deps: TakeDeps, taker: Taker, held: HeldJournal): Promise<TakenJournal | undefined> {
  const { journal } = held;
  const own = journal.execution === taker.execution;
  if (journal.state === 'closed')
    return own || journal.origin === taker.execution ? { as: 'over', held } : undefined;
  if (own) return continueWith(deps, taker, held);
  const status = await deps.executions.status(journal.execution);
  return { as: isAlive(journal, status, deps.now()) ? 'alive' : 'stale', held };
}

export function continueWith(
  deps: Pick<Adapters, 'journals'>,
  taker: Taker,
  held: HeldJournal,
): TakenJournal {
  return { as: 'ours', owner: new JournalOwner(deps, taker, [held.journal.phase], held) };
}
