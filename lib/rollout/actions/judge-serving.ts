import { type Finding, notReady } from '../decisions/finding.ts';
import { judgeRunning } from '../decisions/in-service.ts';
import { recordedFleet } from '../decisions/recorded-fleet.ts';
import { describeForward, share } from '../decisions/weights.ts';
import type { Journal } from '../journal.ts';
import { lookInService, readRule } from './rules.ts';
import { newestRecord, newestSettings, settingsAt } from './settings.ts';
import type { StepContext } from './step-context.ts';
import { targetGroupOf } from './target-group.ts';

type ServingNeeds = StepContext<'parameters' | 'groups' | 'balancer'>;

/** Whether the candidate serves alone and at its size, while the recorded fleet has no healthy instance. */
export async function isReplaced(deps: ServingNeeds, journal: Journal): Promise<boolean> {
  const { capacity } = (await newestSettings(deps, journal.service)).settings;
  if (!(await judgeServing(deps, journal, capacity.min)).ready) return false;
  const recorded = await newestRecord(deps, journal.service, journal.deployed);
  const fleets = await deps.groups.list(deps.environment, journal.service);
  const fleet = recorded && recordedFleet(recorded.record, fleets, journal.candidate?.fleet);
  // One that is gone is made again by settling.
  if (!fleet) return false;
  const targetGroup = await targetGroupOf(deps, fleet);
  const finding = targetGroup ? await lookInService(deps, fleet, targetGroup, 1) : judgeRunning(fleet, 1);
  return !finding.ready;
}

/**
 * Whether the candidate of a deployment that was never recorded serves alone, with at least `least` healthy instances:
 * then its release can become the record.
 */
export async function judgeServing(
  deps: ServingNeeds,
  { service, candidate, commit }: Pick<Journal, 'service' | 'candidate' | 'commit'>,
  least: number,
): Promise<Finding> {
  if (!candidate || commit) return notReady('the journal names no candidate that is not recorded');
  const fleet = await deps.groups.get(candidate.fleet);
  if (!fleet || fleet.deleting) return notReady(`the candidate's group ${candidate.fleet} is gone`);
  const { balancer } = (await settingsAt(deps, service, candidate.settings)).settings;
  if (!balancer) return judgeRunning(fleet, least);
  const targetGroup = balancer.targetGroups[candidate.colour];
  const { forward } = await readRule(deps, balancer.rule);
  if (share(forward, targetGroup) === 1) return lookInService(deps, fleet, targetGroup, least);
  return notReady(
    `the production rule forwards to ${describeForward(forward)}, not to the candidate's fleet ${fleet.name} alone`,
  );
}
