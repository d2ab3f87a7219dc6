import { storeKeys } from '../../config/resource-names.ts';
import type { Call } from '../../local-aws/model/faults.ts';
import type { Journal } from '../../rollout/journal.ts';
import type { InvariantOf } from './invariant.ts';

/**
 * At most one owner of the journal acts. A step of the former owner that checked right before a take-over may still
 * carry out that one change, but none once the new owner has acted.
 */
export const owner: InvariantOf = ({ truth }) => {
  /** The owner that has acted since it took the journal. */
  let actor: string | undefined;
  return {
    name: 'owner',
    acting(call, { step, execution }) {
      if (!concernsOwner(call)) return undefined;
      const { journal } = truth;
      const holder = journal?.state === 'open' ? journal.execution : undefined;
      if (execution !== undefined && execution === holder) {
        actor = holder;
        return undefined;
      }
      const former = isFormer(journal, execution, actor) && actor !== holder;
      if (former) return undefined;
      const who = `${step} of ${execution?.split(':').at(-1) ?? 'nobody'}`;
      return `${who} carries out ${call.operation}, but the journal is ${holder ? `that of ${holder.split(':').at(-1)}` : 'nobody’s'}`;
    },
  };
};

/** Whether the journal was taken over from an execution, directly or through others that did not act. */
function isFormer(
  journal: Journal | undefined,
  execution: string | undefined,
  actor: string | undefined,
): boolean {
  if (execution === undefined || journal?.taken === undefined) return false;
  return journal.taken === execution || actor === execution;
}

/**
 * The journal and the evidence are written conditionally or under unique names; starting an execution changes
 * nothing.
 */
function concernsOwner({ service, operation, input }: Call): boolean {
  if (service === 'states') return false;
  if (service !== 's3') return true;
  const key = String(input.Key ?? '');
  return operation !== 'PutObject' || !(key.startsWith(storeKeys.journals) || key.startsWith('evidence/'));
}
