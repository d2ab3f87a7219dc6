import { ec2, groups, parameters, store } from '../lib/lambda/connect.ts';
import { onLambda } from '../lib/lambda/handler.ts';
import { parseParameterVersion } from '../lib/release/parameter-version.ts';
import { parseRecord } from '../lib/release/record.ts';
import { isUnavailable, tryToRead } from '../lib/rollout/actions/best-effort.ts';
import { claimForRollout, type JournalOwner } from '../lib/rollout/actions/ownership.ts';
import { reportsOf } from '../lib/rollout/actions/reports.ts';
import { raiseFleet, requireFleet, viewCandidate } from '../lib/rollout/actions/service-view.ts';
import type { StepContext } from '../lib/rollout/actions/step-context.ts';
import type { Answer, CheckEvent } from '../lib/rollout/contract.ts';
import {
  answerFor,
  extendWait,
  type Finding,
  type NotReady,
  notReady,
} from '../lib/rollout/decisions/finding.ts';
import type { Fleet } from '../lib/rollout/decisions/fleet.ts';
import { judgeHealth } from '../lib/rollout/decisions/health.ts';
import { judgeLaunches } from '../lib/rollout/decisions/launches.ts';

/**
 * Checks that every instance of the candidate reported ready on exactly the candidate's release. Reports of instances
 * that are gone count too: one that says "this can never work" ends the deployment at once.
 */
export async function checkHealth(
  event: CheckEvent,
  deps: StepContext<'parameters' | 'groups' | 'instances'>,
): Promise<Answer> {
  const owner = await claimForRollout(deps, event);
  const view = await viewCandidate(deps, owner);
  const group = requireFleet(view);
  const { settings } = view.settings;
  const { pollSeconds: poll, readySeconds } = settings.rollout;
  const look = { now: deps.now(), poll, error: 'CandidateNotReady' } as const;
  if (await raiseFleet(deps, owner, group, view.need)) {
    const wait = extendWait(event.wait, look.now, readySeconds);
    return answerFor(notReady(`fleet ${group.name} grows to ${view.need} instances`), wait, look);
  }
  const { name, version } = parseParameterVersion(view.candidate.record);
  const [parameter, launched] = await Promise.all([
    deps.parameters.getVersion(name, version),
    deps.instances.ofDeployment({
      environment: deps.environment,
      service: event.service,
      deployment: owner.journal.deployment,
    }),
  ]);
  const ids = new Set([...group.instances, ...launched].map(({ id }) => id));
  const finding = judgeHealth({
    fleet: group,
    needed: view.need,
    record: view.candidate.record,
    release: parseRecord(parameter.value, view.candidate.record).release,
    configuration: settings.configuration,
    reports: await reportsOf(deps, event.service, settings.roleId, [...ids]),
  });
  return answerFor(
    finding.ready ? finding : await withLaunches(deps, owner, group, finding),
    event.wait,
    look,
  );
}

/** Activities are asked for only while something is missing. Without the right to ask, the wait goes on. */
async function withLaunches(
  { groups }: StepContext<'groups'>,
  { journal }: JournalOwner,
  { name }: Fleet,
  finding: NotReady,
): Promise<Finding> {
  const failures = await tryToRead(() => groups.launchFailures(name));
  if (!isUnavailable(failures)) return judgeLaunches(finding, name, failures, journal.since);
  return notReady(`${finding.because}; ${failures.unavailable}`);
}

export const handler = onLambda(checkHealth, (options) => ({
  ...store(options),
  ...parameters(options),
  ...groups(options),
  ...ec2(options),
}));
