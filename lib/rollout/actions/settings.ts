import type { Parameter, Parameters } from '../../aws/parameters.ts';
import { parameterNames } from '../../config/resource-names.ts';
import { parseSettings, type Settings } from '../../config/settings.ts';
import { HoldfastError, nameOf } from '../../release/errors.ts';
import { type DeployedRecord, formatRecord, parseRecord } from '../../release/record.ts';
import type { Journal } from '../journal.ts';
import type { JournalOwner } from './ownership.ts';
import type { Adapters } from './step-context.ts';

type ReadDeps = Pick<Adapters, 'parameters' | 'environment'>;

export interface Recorded {
  record: DeployedRecord;
  version: number;
}

export interface PinnedSettings {
  settings: Settings;
  /** Name of the parameter. */
  name: string;
  version: number;
}

/** The newest version of a parameter. Reads may be stale, so it is never older than `least`. */
async function readNewest(
  parameters: Parameters,
  name: string,
  least: number | undefined,
): Promise<Parameter | undefined> {
  const found = await parameters.get(name);
  if (least === undefined || (found && found.version >= least)) return found;
  return parameters.getVersion(name, least);
}

/** The newest value of `deployed`, at least the version that the journal knows; `undefined`: never deployed. */
export async function newestRecord(
  deps: ReadDeps,
  service: string,
  least: number | undefined,
): Promise<Recorded | undefined> {
  const name = parameterNames(deps.environment, service).deployed;
  const found = await readNewest(deps.parameters, name, least);
  return found && { record: parseRecord(found.value, `parameter ${name}`), version: found.version };
}

/**
 * The value of `deployed` at the version that the journal knows: the same for every step of one settle. A commit that
 * is not published counts already, without a version.
 */
export async function recordOfJournal(
  deps: ReadDeps,
  { service, deployed, commit }: Pick<Journal, 'service' | 'deployed' | 'commit'>,
): Promise<Recorded | undefined> {
  if (commit && commit.published === undefined) return { record: commit.record, version: 0 };
  if (deployed === undefined) return undefined;
  const name = parameterNames(deps.environment, service).deployed;
  const { value, version } = await deps.parameters.getVersion(name, deployed);
  return { record: parseRecord(value, `parameter ${name}`), version };
}

/** The newest settings of a service; `undefined` when its stack does not exist (any more). */
export async function findSettings(
  deps: ReadDeps,
  service: string,
  least?: number,
): Promise<PinnedSettings | undefined> {
  const name = parameterNames(deps.environment, service).settings;
  const found = await readNewest(deps.parameters, name, least);
  return found && { settings: parseSettings(found.value, `parameter ${name}`), name, version: found.version };
}

/** The newest settings of a service. Throws when there are none. */
export async function newestSettings(
  deps: ReadDeps,
  service: string,
  least?: number,
): Promise<PinnedSettings> {
  const found = await findSettings(deps, service, least);
  if (found) return found;
  throw new HoldfastError(
    'InvalidInput',
    `service ${service}: found no settings in environment ${deps.environment}; deploy its stack, or name another service`,
  );
}

/** Settings by version, as a fleet pins them. */
export async function settingsAt(deps: ReadDeps, service: string, version: number): Promise<PinnedSettings> {
  const name = parameterNames(deps.environment, service).settings;
  const { value } = await deps.parameters.getVersion(name, version);
  return { settings: parseSettings(value, `parameter ${name}:${version}`), name, version };
}

/** Settings by version; `undefined` when Parameter Store no longer keeps that version. */
export async function findSettingsAt(
  deps: ReadDeps,
  service: string,
  version: number,
): Promise<PinnedSettings | undefined> {
  try {
    return await settingsAt(deps, service, version);
  } catch (error) {
    if (nameOf(error, 'AwsFailed') === 'NothingRecorded') return undefined;
    throw error;
  }
}

/**
 * Publishes the commit in the journal, unless it is published. Settle rolls forward with it: a release whose commit
 * is in the journal is the deployed one, whatever happened after.
 */
export async function publishCommit(deps: ReadDeps, owner: JournalOwner): Promise<void> {
  const { commit, service } = owner.journal;
  if (!commit || commit.published !== undefined) return;
  const name = parameterNames(deps.environment, service).deployed;
  const value = formatRecord(commit.record, `parameter ${name}`);
  const present = await deps.parameters.get(name);
  // An earlier run may have published it and died before noting that.
  const version =
    present?.value === value ? present.version : await owner.act(() => deps.parameters.put(name, value));
  await owner.note((journal) => ({
    ...journal,
    deployed: version,
    commit: { record: commit.record, published: version },
  }));
}
