import { balancer, groups, parameters, store } from '../lib/lambda/connect.ts';
import { onLambda } from '../lib/lambda/handler.ts';
import { HoldfastError } from '../lib/release/errors.ts';
import { parseParameterVersion } from '../lib/release/parameter-version.ts';
import { type DeployedRecord, parseRecord } from '../lib/release/record.ts';
import { type Hold, holdForRollout } from '../lib/rollout/actions/ownership.ts';
import { behind, ruleAction } from '../lib/rollout/actions/rules.ts';
import { type Candidacy, candidacy, presentGroup } from '../lib/rollout/actions/service-view.ts';
import { publishCommit } from '../lib/rollout/actions/settings.ts';
import type { Needs } from '../lib/rollout/actions/step-context.ts';
import type { StepEvent } from '../lib/rollout/contract.ts';
import { describeForward, share } from '../lib/rollout/decisions/weights.ts';

type StepNeeds = Needs<'parameters' | 'groups' | 'balancer'>;

/**
 * The commit point. The new record goes into the journal first: from then on settle rolls forward to it. Then it is
 * published to `deployed`. Only a release that carries all traffic, with a fleet that is there, is recorded.
 */
export async function record(event: StepEvent, deps: StepNeeds): Promise<void> {
  const hold = await holdForRollout(deps, event);
  if (!hold.journal.commit) {
    const view = await candidacy(deps, hold);
    presentGroup(view);
    await refuseWithoutTraffic(deps, view);
    const committed = await committedRecord(deps, hold, view);
    await hold.note((journal) => ({ ...journal, step: 'record', commit: { record: committed } }));
  }
  await publishCommit(deps, hold);
}

/** The candidate's record; its instances have proven every commit by now. */
async function committedRecord(
  deps: StepNeeds,
  hold: Hold,
  { candidate }: Candidacy,
): Promise<DeployedRecord> {
  const { name, version } = parseParameterVersion(candidate.record);
  const { value } = await deps.parameters.getVersion(name, version);
  const { reason } = hold.journal;
  return {
    ...parseRecord(value, `parameter ${candidate.record}`),
    verified: true,
    at: new Date(deps.now()).toISOString(),
    ...(reason !== undefined && { reason }),
  };
}

async function refuseWithoutTraffic(deps: StepNeeds, { candidate, settings }: Candidacy): Promise<void> {
  if (!settings.settings.balancer) return;
  const { rule, targetGroups } = behind(settings.settings);
  const { forward } = await ruleAction(deps, rule);
  if (share(forward, targetGroups[candidate.colour]) === 1) return;
  throw new HoldfastError(
    'NotInService',
    `rule ${rule} forwards to ${describeForward(forward)}, expected all traffic on ${candidate.colour}; someone changed it after the shift, deploy again`,
  );
}

export const handler = onLambda(record, (around) => ({
  ...store(around),
  ...parameters(around),
  ...groups(around),
  ...balancer(around),
}));
