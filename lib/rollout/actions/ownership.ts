import { inPartsOf } from '../../aws/call.ts';
import type { HeldJournal } from '../../aws/journals.ts';
import { HoldfastError } from '../../release/errors.ts';
import type { Step, StepEvent } from '../contract.ts';
import { describeOwner, type Journal } from '../journal.ts';
import type { Adapters } from './step-context.ts';

type Owner = Pick<StepEvent, 'service' | 'execution'>;
type Phase = Journal['phase'];

/** Attempts to update the journal while another run of the same step updates it too. */
const attempts = 5;

/** Mutations between two checks of the ownership: few enough that a batch takes no longer than one slow call. */
const batchSize = 25;

/**
 * Ownership of a service's journal by an execution. Every mutation goes through `act`, which checks the ownership
 * right before it: a late or redriven execution changes nothing.
 */
export class JournalOwner {
  readonly #deps: Pick<Adapters, 'journals'>;
  readonly #owner: Owner;
  readonly #phases: readonly Phase[];
  #held: HeldJournal;

  constructor(deps: Pick<Adapters, 'journals'>, owner: Owner, phases: readonly Phase[], held: HeldJournal) {
    this.#deps = deps;
    this.#owner = owner;
    this.#phases = phases;
    this.#held = held;
  }

  /** As last read. */
  get journal(): Journal {
    return this.#held.journal;
  }

  /** Carries out a mutation if the journal is still ours. */
  async act<T>(mutation: () => Promise<T>): Promise<T> {
    await this.#verify();
    return mutation();
  }

  /**
   * Carries out a mutation for each of many: side by side in batches, each batch right after a check that the journal
   * is still ours. A batch ends as a whole before its first error is thrown: no call is left on its way.
   */
  async actOnEach<T>(all: readonly T[], mutation: (each: T) => Promise<unknown>): Promise<void> {
    for (const batch of inPartsOf(batchSize, all)) {
      await this.#verify();
      const results = await Promise.allSettled(batch.map(mutation));
      const failed = results.find((result) => result.status === 'rejected');
      if (failed) throw failed.reason;
    }
  }

  /** Updates the journal; `change` may run more than once. */
  async note(change: (journal: Journal) => Journal): Promise<void> {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const written = await this.#deps.journals.write(change(this.#held.journal), { etag: this.#held.etag });
      if (written) {
        this.#held = written;
        return;
      }
      await this.#verify();
    }
    throw new HoldfastError(
      'JournalLost',
      `the journal of service ${this.#owner.service} changed ${attempts} times while this step was updating it; another run of this execution is writing to it, look at its log`,
    );
  }

  /** Notes how far the execution has come. */
  async noteStep(step: Step): Promise<void> {
    if (this.journal.step !== step) await this.note((journal) => ({ ...journal, step }));
  }

  async #verify(): Promise<void> {
    this.#held = await readClaimed(this.#deps, this.#owner, this.#phases);
  }
}

/** Ownership for a step of the rollout. It ends as soon as settling begins. */
export async function claimForRollout(deps: Pick<Adapters, 'journals'>, owner: Owner): Promise<JournalOwner> {
  return new JournalOwner(deps, owner, ['rollout'], await readClaimed(deps, owner, ['rollout']));
}

/** Ownership for a step of settle. `restore` is the step that begins it. */
export async function claimForSettle(
  deps: Pick<Adapters, 'journals'>,
  owner: Owner,
  phases: readonly Phase[] = ['settle'],
): Promise<JournalOwner> {
  return new JournalOwner(deps, owner, phases, await readClaimed(deps, owner, phases));
}

async function readClaimed(
  { journals }: Pick<Adapters, 'journals'>,
  { service, execution }: Owner,
  phases: readonly Phase[],
): Promise<HeldJournal> {
  const held = await journals.read(service);
  if (!held) throw journalLost(service, 'there is none');
  const { journal } = held;
  if (journal.state === 'closed')
    throw journalLost(service, `it is closed (last owner: ${describeOwner(journal)})`);
  if (journal.execution !== execution) throw journalLost(service, `it is held by ${describeOwner(journal)}`);
  if (!phases.includes(journal.phase)) throw journalLost(service, 'this execution is settling already');
  return held;
}

function journalLost(service: string, found: string): HoldfastError {
  return new HoldfastError(
    'JournalLost',
    `this step no longer owns the journal of service ${service}: ${found}; nothing was changed, start a new deployment if it is still wanted`,
  );
}
