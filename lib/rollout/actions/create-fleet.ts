import type { GroupSpec } from '../../aws/groups.ts';
import type { TemplateVersion } from '../../aws/templates.ts';
import { isTooEarly } from '../../aws/too-early.ts';
import { tags } from '../../config/resource-names.ts';
import type { Settings } from '../../config/settings.ts';
import type { Colour } from '../../release/colour.ts';
import { HoldfastError } from '../../release/errors.ts';
import { formatParameterVersion } from '../../release/parameter-version.ts';
import { growingPauses } from '../../waiting/pauses.ts';
import { retry } from '../../waiting/retry.ts';
import { pinDescription } from '../decisions/pinned-versions.ts';
import { shortDigest } from '../digest.ts';
import type { JournalOwner } from './ownership.ts';
import type { PinnedSettings } from './settings.ts';
import type { StepContext } from './step-context.ts';

/** Properties that a fleet keeps for life. */
export interface FleetPlan {
  name: string;
  /** Left out: of hosts that record. */
  colour?: Colour;
  /** `NAME:VERSION` of the record that its instances apply; `NAME`: the newest. */
  record: string;
  settings: PinnedSettings;
  /** Name of the deployment that creates it. */
  deployment: string;
  size: number;
}

/** How long a new template version and a new instance profile may be unknown to Auto Scaling. */
const visibility = { seconds: 30, first: 2_000, most: 5_000 } as const;

type FleetNeeds = StepContext<'groups' | 'templates' | 'balancer'>;

/**
 * Creates a fleet: an Auto Scaling group with its hooks, tags and target group, on its own launch template version
 * with the image resolved. A group that this deployment created before is fine.
 */
export async function createFleet(deps: FleetNeeds, owner: JournalOwner, plan: FleetPlan): Promise<void> {
  if (await exists(deps, plan)) return;
  const { settings } = plan.settings;
  const targetGroup = plan.colour && settings.balancer?.targetGroups[plan.colour];
  if (targetGroup && settings.health) {
    const { health, rollout } = settings;
    await configure(deps, targetGroup, () =>
      owner.act(() => deps.balancer.configure(targetGroup, health, rollout.drainSeconds)),
    );
  }
  const version = await pinTemplate(deps, owner, plan);
  const spec = specOf(deps.environment, plan, version, targetGroup);
  const pauses = growingPauses({ ...visibility, now: deps.now });
  const created = await retry(() => owner.act(() => deps.groups.create(spec)), pauses, {
    mayPass: isTooEarly,
    sleep: deps.sleep,
  });
  if (!created) await exists(deps, plan);
}

/** Rights depend on tags, and what is gone has none: a missing target group looks like a missing right. */
async function configure(
  { balancer }: FleetNeeds,
  targetGroup: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (await balancer.exists(targetGroup)) throw error;
    throw new HoldfastError(
      'AwsFailed',
      `target group ${targetGroup}: found none, expected the one that the settings name; someone deleted it: change the port of the service, which makes another pair, and deploy its stack`,
      { cause: error },
    );
  }
}

/**
 * Whether the group of this deployment exists. Refuses a group of the same name that belongs to another deployment.
 */
async function exists({ groups }: FleetNeeds, { name, deployment }: FleetPlan): Promise<boolean> {
  const group = await groups.get(name);
  if (!group) return false;
  const deploymentOfGroup = group.tags[tags.deployment];
  if (deploymentOfGroup === deployment) return true;
  throw new HoldfastError(
    'AwsFailed',
    `group ${name}: found one of deployment ${deploymentOfGroup ?? '(no tag)'}, expected none or that of ${deployment}; delete it`,
  );
}

/**
 * The newest template version that belongs to the settings, with its image resolved: every scale-out uses the same.
 */
async function pinTemplate({ templates }: FleetNeeds, owner: JournalOwner, plan: FleetPlan): Promise<number> {
  const { id, build } = plan.settings.settings.launchTemplate;
  const source = sourceVersion(await templates.versions(id), plan.settings.settings);
  if (source === undefined) {
    throw new HoldfastError(
      'AwsFailed',
      `launch template ${id}: found no version of build ${build}, which the settings name; deploy the service's stack again`,
    );
  }
  const imageId = await templates.image(id, source);
  return owner.act(() =>
    templates.pin({
      id,
      source,
      imageId,
      description: pinDescription(plan.deployment),
      // If the image moved between two attempts, the second must not reuse the token of the first.
      token: shortDigest(plan.name, owner.journal.since, String(source), imageId),
    }),
  );
}

/** The newest version of a launch template that belongs to the settings. */
export function sourceVersion(
  versions: readonly TemplateVersion[],
  { launchTemplate }: Pick<Settings, 'launchTemplate'>,
): number | undefined {
  return versions.find(({ description }) => description === launchTemplate.build)?.version;
}

function specOf(
  environment: string,
  plan: FleetPlan,
  version: number,
  targetGroup: string | undefined,
): GroupSpec {
  const { settings } = plan.settings;
  return {
    name: plan.name,
    size: plan.size,
    max: Math.max(settings.capacity.max, plan.size),
    launchTemplate: { id: settings.launchTemplate.id, version },
    subnets: settings.subnets,
    targetGroups: targetGroup ? [targetGroup] : [],
    tags: {
      [tags.environment]: environment,
      [tags.service]: settings.service,
      ...(plan.colour && { [tags.colour]: plan.colour }),
      [tags.record]: plan.record,
      [tags.settings]: formatParameterVersion(plan.settings),
      [tags.deployment]: plan.deployment,
      Name: `${environment}-${settings.service}-${plan.colour ?? 'hosts'}`,
    },
    launchHookSeconds: settings.rollout.launchHookSeconds,
    terminateHookSeconds: settings.rollout.terminateHookSeconds,
  };
}
