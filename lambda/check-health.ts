import { groups, machines, parameters, store } from '../lib/lambda/connect.ts';
import { onLambda } from '../lib/lambda/handler.ts';
import { parseParameterVersion } from '../lib/release/parameter-version.ts';
import { parseRecord } from '../lib/release/record.ts';
import { holdForRollout } from '../lib/rollout/actions/ownership.ts';
import { reportsOf } from '../lib/rollout/actions/reports.ts';
import { candidacy, presentGroup, raiseFleet } from '../lib/rollout/actions/service-view.ts';
import type { Needs } from '../lib/rollout/actions/step-context.ts';
import type { Answer, CheckEvent } from '../lib/rollout/contract.ts';
import { answer, extended, notReady } from '../lib/rollout/decisions/finding.ts';
import { judgeHealth } from '../lib/rollout/decisions/health.ts';

/**
 * Whether every instance of the candidate reported ready on exactly the candidate's release. The reports of instances
 * that are gone by now count too: one that says "this can never work" ends the deployment at once.
 */
export async function checkHealth(
  event: CheckEvent,
  deps: Needs<'parameters' | 'groups' | 'instances'>,
): Promise<Answer> {
  const hold = await holdForRollout(deps, event);
  const view = await candidacy(deps, hold);
  const group = presentGroup(view);
  const { settings } = view.settings;
  const { pollSeconds: poll, readySeconds } = settings.rollout;
  const look = { now: deps.now(), poll, error: 'CandidateNotReady' } as const;
  if (await raiseFleet(deps, hold, group, view.need)) {
    const wait = extended(event.wait, look.now, readySeconds);
    return answer(notReady(`fleet ${group.name} grows to ${view.need} instances`), wait, look);
  }
  const { name, version } = parseParameterVersion(view.candidate.record);
  const [parameter, launched] = await Promise.all([
    deps.parameters.getVersion(name, version),
    deps.instances.ofDeployment(hold.journal.deployment),
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
  return answer(finding, event.wait, look);
}

export const handler = onLambda(checkHealth, (around) => ({
  ...store(around),
  ...parameters(around),
  ...groups(around),
  ...machines(around),
}));
