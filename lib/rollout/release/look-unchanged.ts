import type { HeldJournal } from '../../aws/journals.ts';
import { tags } from '../../config/resource-names.ts';
import { nameOf } from '../../release/errors.ts';
import { findParameterVersion } from '../../release/parameter-version.ts';
import { parseRecord } from '../../release/record.ts';
import type { Release } from '../../release/release.ts';
import { sourceVersion } from '../actions/create-fleet.ts';
import { readDrift } from '../actions/drift.ts';
import { lookInService } from '../actions/rules.ts';
import type { PinnedSettings } from '../actions/settings.ts';
import type { StepContext } from '../actions/step-context.ts';
import { settingsOf, targetGroupOf } from '../actions/target-group.ts';
import type { Output } from '../contract.ts';
import type { Fleet } from '../decisions/fleet.ts';
import { judgeRunning } from '../decisions/in-service.ts';
import { describeRecord, secondsSince } from '../decisions/output.ts';
import { describeUnchanged, isSameRelease, makesSameInstances } from '../decisions/unchanged.ts';
import type { Decided, Request } from './decide-release.ts';

type LookNeeds = StepContext<'parameters' | 'groups' | 'policies' | 'templates' | 'balancer'>;

/**
 * Looks whether all is as asked: the recorded fleet has this release, settings that make the same instances, and all
 * traffic, and the service is at rest without drift. `undefined`: something has to be deployed. Nothing is locked, so
 * the journal is compared before and after: nobody deployed meanwhile.
 */
export async function lookUnchanged(
  deps: LookNeeds,
  request: Request,
  { recorded, resolved }: Decided,
  held: HeldJournal | undefined,
): Promise<Output | undefined> {
  const { event, input, settings } = request;
  if (!recorded || !isSameRelease(recorded.record.release, resolved.release)) return undefined;
  const fleets = await deps.groups.list(deps.environment, input.service);
  const fleet = fleets.find(({ name, deleting }) => name === recorded.record.fleet && !deleting);
  if (!fleet || !(await isAsAsked(deps, fleet, resolved.release, settings))) return undefined;
  if (await readDrift(deps, { service: input.service, deployed: recorded.version })) return undefined;
  const image = await imagesOf(deps, fleet, settings);
  const after = await deps.journals.read(input.service);
  if (!image || after?.etag !== held?.etag) return undefined;
  return {
    service: input.service,
    ...describeRecord(recorded),
    seconds: secondsSince(event.startedAt, deps.now()),
    result: 'unchanged',
    because: describeUnchanged(fleet.name, image),
  };
}

async function isAsAsked(
  deps: LookNeeds,
  fleet: Fleet,
  release: Release,
  newest: PinnedSettings,
): Promise<boolean> {
  const [born, own] = await Promise.all([settingsOf(deps, fleet), releaseOf(deps, fleet)]);
  if (!born || !makesSameInstances(born.settings, newest.settings)) return false;
  return own !== undefined && isSameRelease(own, release) && (await serves(deps, fleet, newest));
}

/** The release that a fleet's instances apply; `undefined` when Parameter Store no longer keeps it. */
async function releaseOf({ parameters }: LookNeeds, { tags: own }: Fleet): Promise<Release | undefined> {
  const exact = findParameterVersion(own[tags.record] ?? '');
  if (!exact) return undefined;
  try {
    const { value } = await parameters.getVersion(exact.name, exact.version);
    return parseRecord(value, `parameter ${own[tags.record]}`).release;
  } catch (error) {
    if (nameOf(error, 'AwsFailed') === 'NothingRecorded') return undefined;
    throw error;
  }
}

/** Whether a fleet has as many healthy instances as configured. */
async function serves(deps: LookNeeds, fleet: Fleet, { settings }: PinnedSettings): Promise<boolean> {
  const { balancer, capacity } = settings;
  if (!balancer) return judgeRunning(fleet, capacity.min).ready;
  const targetGroup = await targetGroupOf(deps, fleet);
  return targetGroup !== undefined && (await lookInService(deps, fleet, targetGroup, capacity.min)).ready;
}

/** The image of a fleet, and the one that a new fleet would get. */
async function imagesOf(
  { templates }: LookNeeds,
  { launchTemplate: pinned }: Fleet,
  { settings }: PinnedSettings,
): Promise<{ present: string; newest: string } | undefined> {
  const source = sourceVersion(await templates.versions(settings.launchTemplate.id), settings);
  if (source === undefined || !pinned) return undefined;
  const [present, newest] = await Promise.all([
    templates.image(pinned.id, pinned.version),
    templates.image(settings.launchTemplate.id, source),
  ]);
  return { present, newest };
}
