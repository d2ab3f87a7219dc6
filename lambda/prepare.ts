import { machineName } from '../lib/config/resource-names.ts';
import { balancer, ec2, executions, groups, parameters, refs, store } from '../lib/lambda/connect.ts';
import { onLambda } from '../lib/lambda/handler.ts';
import { HoldfastError } from '../lib/release/errors.ts';
import { isReplaced } from '../lib/rollout/actions/judge-serving.ts';
import { refuseFullRecord } from '../lib/rollout/actions/refuse-full-record.ts';
import { newestRecord, newestSettings, settingsAt } from '../lib/rollout/actions/settings.ts';
import { startSettle } from '../lib/rollout/actions/start-settle.ts';
import type { StepContext } from '../lib/rollout/actions/step-context.ts';
import { type TakenJournal, takeJournal } from '../lib/rollout/actions/take-journal.ts';
import type { Output, Plan, StartEvent } from '../lib/rollout/contract.ts';
import { refuseOtherRecord } from '../lib/rollout/decisions/if-record.ts';
import { askedOf, parseInput, refuseHosts } from '../lib/rollout/input.ts';
import { describeOwner, type Journal } from '../lib/rollout/journal.ts';
import { noteCandidate } from '../lib/rollout/release/candidate.ts';
import { decideRelease, isAtRest, type Request } from '../lib/rollout/release/decide-release.ts';
import { lookUnchanged } from '../lib/rollout/release/look-unchanged.ts';
import { settlePatienceSeconds, settlePollSeconds } from '../lib/rollout/timing.ts';

type StepNeeds = StepContext<
  'parameters' | 'groups' | 'policies' | 'templates' | 'balancer' | 'executions' | 'settleMachine' | 'refs'
>;

/**
 * Checks the request, resolves it to one exact release, takes the journal, and writes the release for a new fleet.
 * What can be refused is refused before the journal is taken. If all is as asked, the journal is not taken at all.
 */
export async function prepare(event: StartEvent, deps: StepNeeds): Promise<Plan> {
  const input = parseInput(event.input);
  const settings = await newestSettings(deps, input.service);
  refuseHosts(settings.settings);
  const request: Request = { event, input, settings, asked: askedOf(input, settings.settings) };
  const held = await deps.journals.read(input.service);
  const recorded = await newestRecord(deps, input.service, held?.journal.deployed);
  refuseOtherRecord(input, recorded?.version);
  await refuseFullRecord(deps, input.service, recorded?.version);
  const early = isAtRest(held, event) ? await decideRelease(deps, request, recorded) : undefined;
  const output =
    early && event.knowsUnchanged && !input.replace
      ? await lookUnchanged(deps, request, early, held)
      : undefined;
  if (output) return unchanged(output);
  const taken = await takeJournal(deps, {
    service: input.service,
    execution: event.execution,
    deployment: event.deployment,
    kind: 'deployment',
    by: input.by ?? 'unknown',
    reason: input.reason,
  });
  if (taken.as !== 'ours') return wait(event, deps, taken);
  if (!taken.owner.journal.candidate) await noteCandidate(deps, taken.owner, request, early);
  const pinned = taken.owner.journal.candidate?.settings ?? settings.version;
  const { balancer, rollout } = (await settingsAt(deps, input.service, pinned)).settings;
  return { outcome: 'ready', because: '', balanced: balancer !== undefined, poll: rollout.pollSeconds };
}

function unchanged(output: Output): Plan {
  const { because = '' } = output;
  return { outcome: 'unchanged', because, balanced: false, poll: settlePollSeconds, output };
}

/** Someone else owns the journal: refuses, or waits until the leftovers of an earlier deployment are settled. */
async function wait(
  event: StartEvent,
  deps: StepNeeds,
  taken: Exclude<TakenJournal, { as: 'ours' }>,
): Promise<Plan> {
  const { journal } = taken.held;
  const described = describeOwner(journal);
  if (taken.as === 'over') {
    throw new HoldfastError(
      'JournalLost',
      `this execution was settled already (${described}); start a new deployment`,
    );
  }
  const patient = deps.now() - Date.parse(event.startedAt) < settlePatienceSeconds * 1000;
  if ((taken.as === 'alive' && journal.kind === 'deployment') || !patient) {
    throw new HoldfastError(
      'DeploymentInProgress',
      `service ${journal.service} is held by ${described}; deploy again when that has ended, or stop it`,
    );
  }
  await settleFirst(deps, taken);
  return { outcome: 'waiting', because: `held by ${described}`, balanced: false, poll: settlePollSeconds };
}

/**
 * Settles what another execution left. Where a settle was in vain because the recorded release does not run, while
 * another one serves, that becomes the record: no deployment could ever begin again otherwise.
 */
async function settleFirst(
  deps: StepNeeds,
  { as, held: { journal } }: Exclude<TakenJournal, { as: 'ours' }>,
): Promise<void> {
  if (wasInVain(deps, journal, as) && (await isReplaced(deps, journal))) {
    const reason = `the recorded release could not run, deployment ${journal.deployment} serves`;
    await startSettle(deps, journal, reason, 'accept');
  } else if (as === 'stale')
    await startSettle(deps, journal, `deployment ${journal.deployment} ended without settling`);
}

/** Whether a settle has failed: the owner, or the one that it took over from. */
function wasInVain(
  { environment }: StepNeeds,
  { kind, taken = '' }: Journal,
  as: TakenJournal['as'],
): boolean {
  return kind === 'settle' && (as === 'stale' || taken.includes(`:${machineName(environment, 'settle')}:`));
}

export const handler = onLambda(prepare, (options) => ({
  ...store(options),
  ...parameters(options),
  ...groups(options),
  ...ec2(options),
  ...balancer(options),
  ...executions(options),
  ...refs(options),
}));
