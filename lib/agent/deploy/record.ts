import { hostname, userInfo } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { InstanceClients } from '../../aws/instance-clients.ts';
import type { Parameter } from '../../aws/parameters.ts';
import { HoldfastError } from '../../release/errors.ts';
import { findParameterVersion, formatParameterVersion } from '../../release/parameter-version.ts';
import { type DeployedRecord, formatRecord, parseRecord } from '../../release/record.ts';
import { describeRelease, type Release, sameBranches, sameRelease } from '../../release/release.ts';
import type { Session } from '../session/session.ts';

/** A record with its parameter. */
export interface ReadRecord {
  record: DeployedRecord;
  /** `NAME:VERSION` */
  parameter: string;
}

/** Reads `NAME` or `NAME:VERSION`; undefined when nothing is recorded. */
export async function readRecord(
  { stores }: Pick<Session, 'stores'>,
  parameter: string,
): Promise<ReadRecord | undefined> {
  const exact = findParameterVersion(parameter);
  const found = exact
    ? await stores.parameters.getVersion(exact.name, exact.version)
    : await stores.parameters.get(parameter);
  return found && parseParameter(found);
}

/** Starts to read a record. Errors go to whoever awaits it. */
export function beginReading(stores: InstanceClients, parameter: string): Promise<ReadRecord | undefined> {
  const reading = readRecord({ stores }, parameter);
  reading.catch(() => undefined);
  return reading;
}

function parseParameter({ name, version, value }: Parameter): ReadRecord {
  return {
    record: parseRecord(value, `parameter ${name} version ${version}`),
    parameter: formatParameterVersion({ name, version }),
  };
}

/**
 * Records a release of manual mode if the record has not changed since the start. Many machines may do this at the
 * same time: each waits for a random time, and all but the first find nothing left to write.
 */
export async function recordRelease(
  session: Session,
  before: ReadRecord | undefined,
  release: Release,
): Promise<boolean> {
  const { deployed } = session.settings.parameters;
  await sleep(Math.random() * session.settings.record.waitSeconds * 1000);
  const now = await readRecord(session, deployed);
  const isOurs = isUntouched(before, now);
  if (now && sameRelease(now.record.release, release)) {
    // Another branch of the same commit is worth recording: the next deployment follows it.
    if (!isOurs || sameBranches(now.record.release, release)) return false;
  }
  if (!isOurs) throw recordChanged(deployed, before, now, release);
  const value = formatRecord(newRecord(before?.record, release), `parameter ${deployed}`);
  const version = await session.stores.parameters.put(deployed, value);
  await refuseCrossing(session, now, version, release);
  return true;
}

/**
 * Parameter Store writes without conditions: another machine may have recorded between the look and the write. Its
 * release does not count any more, and it cannot know.
 */
async function refuseCrossing(
  session: Session,
  seen: ReadRecord | undefined,
  version: number,
  release: Release,
): Promise<void> {
  const { deployed } = session.settings.parameters;
  const last = seen ? (findParameterVersion(seen.parameter)?.version ?? 0) : 0;
  if (version <= last + 1) return;
  const name = formatParameterVersion({ name: deployed, version: version - 1 });
  const crossing = await readRecord(session, name);
  if (!crossing || sameRelease(crossing.record.release, release)) return;
  const { by, release: other } = crossing.record;
  throw new HoldfastError(
    'RecordChanged',
    `parameter ${deployed}: ${by} recorded ${describeRelease(other)} at the same moment as this machine ${describeRelease(release)}, which counts; deploy on every machine again to decide`,
  );
}

/** Whether the record is still unchanged, or names the same release. */
function isUntouched(before: ReadRecord | undefined, now: ReadRecord | undefined): boolean {
  if (!before || !now) return before === now;
  return before.parameter === now.parameter || sameRelease(before.record.release, now.record.release);
}

/** The rest of the old record (the fleet that serves) stays true. */
function newRecord(before: DeployedRecord | undefined, release: Release): DeployedRecord {
  const { colour, fleet, settings } = before ?? {};
  const at = new Date().toISOString();
  return {
    schema: 1,
    release,
    ...(colour ? { colour } : {}),
    ...(fleet ? { fleet } : {}),
    ...(settings ? { settings } : {}),
    verified: true,
    deployment: `manual-${hostname()}-${at}`.slice(0, 256),
    by: `${process.env.SUDO_USER ?? userName()}@${hostname()}`.slice(0, 256),
    at,
  };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.()}`;
  }
}

function recordChanged(
  parameter: string,
  before: ReadRecord | undefined,
  now: ReadRecord | undefined,
  release: Release,
): HoldfastError {
  const was = before ? describeRelease(before.record.release) : 'nothing';
  const is = now
    ? `${now.record.by} changed it at ${now.record.at} to ${describeRelease(now.record.release)}`
    : 'someone deleted it';
  return new HoldfastError(
    'RecordChanged',
    `parameter ${parameter} said ${was} when this deployment began, then ${is}; this machine runs ${describeRelease(release)} and recorded nothing, deploy again to decide`,
  );
}
