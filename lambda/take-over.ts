import { balancer, ec2, executions, groups, parameters, store } from '../lib/lambda/connect.ts';
import { onLambda } from '../lib/lambda/handler.ts';
import { acceptServing } from '../lib/rollout/actions/accept.ts';
import { isUnavailable, tryToRead } from '../lib/rollout/actions/best-effort.ts';
import { keepEvidence } from '../lib/rollout/actions/evidence.ts';
import type { JournalOwner } from '../lib/rollout/actions/ownership.ts';
import { newestRecord } from '../lib/rollout/actions/settings.ts';
import type { StepContext } from '../lib/rollout/actions/step-context.ts';
import { takeJournal } from '../lib/rollout/actions/take-journal.ts';
import type { StartEvent, TakenOver } from '../lib/rollout/contract.ts';
import { parseSettleInput } from '../lib/rollout/input.ts';
import { describeOwner, type Journal, takeOverJournal } from '../lib/rollout/journal.ts';

type StepNeeds = StepContext<'parameters' | 'groups' | 'instances' | 'balancer' | 'executions'>;

/** Another execution may win this many times in a row. */
const attempts = 3;

/**
 * Takes the journal for a settle: a closed one, or one whose execution ended without closing it. After taking over,
 * the machine waits longer than any Lambda of the former owner can still run. By request it commits what serves first.
 */
export async function takeOver(event: StartEvent, deps: StepNeeds): Promise<TakenOver> {
  const input = parseSettleInput(event.input);
  if (input.action === 'accept') return acceptServing(deps, event, input);
  const { service, reason } = input;
  const { execution, deployment } = event;
  const taker = { service, execution, deployment, kind: 'settle', by: 'settle', reason } as const;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const taken = await takeJournal(deps, taker);
    if (taken.as === 'ours') return begin(deps, taken.owner);
    const { journal, etag } = taken.held;
    if (taken.as !== 'stale')
      return { outcome: 'nothing', because: `the journal is ${journal.state}: ${describeOwner(journal)}` };
    await deps.journals.write(takeOverJournal(journal, execution, deps.now()), { etag });
  }
  return { outcome: 'nothing', because: 'another execution took the journal over' };
}

/** A journal without a record is checked again: something other than a deployment may have written one. */
async function begin(deps: StepNeeds, owner: JournalOwner): Promise<TakenOver> {
  const { journal } = owner;
  if (journal.taken) {
    const evidence = await explain(deps, journal, journal.taken);
    return { outcome: 'wait', because: `taken over from ${journal.taken}${evidence}` };
  }
  const recorded = await newestRecord(deps, journal.service, journal.deployed);
  if (recorded) await owner.note((now) => ({ ...now, deployed: recorded.version }));
  return { outcome: 'ready', because: '' };
}

/**
 * Keeps evidence of a deployment that ended before it could: stopped, timed out, or dead. Settling ends the instances
 * that hold it. Returns the end of a sentence.
 */
async function explain(deps: StepNeeds, journal: Journal, execution: string): Promise<string> {
  if (!journal.candidate || journal.commit) return '';
  const status = await tryToRead(() => deps.executions.status(execution));
  const how = isUnavailable(status) ? status.unavailable : (status ?? 'unknown');
  const failure = { Error: 'Ended', Cause: `execution ${execution} ended without settling (${how})` };
  const kept = await tryToRead(() =>
    keepEvidence(deps, journal, { deployment: journal.deployment, state: { failure } }, { absent: true }),
  );
  return isUnavailable(kept)
    ? `; the evidence could not be kept: ${kept.unavailable}`
    : `; evidence: ${kept}`;
}

export const handler = onLambda(takeOver, (options) => ({
  ...store(options),
  ...parameters(options),
  ...groups(options),
  ...ec2(options),
  ...balancer(options),
  ...executions(options),
}));
