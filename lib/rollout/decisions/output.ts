import type { DeployedRecord } from '../../release/record.ts';
import type { Output } from '../contract.ts';
import type { Journal } from '../journal.ts';

/** Output of an execution that has settled a service. */
export function outputOf(
  { service, deployment }: Pick<Journal, 'service' | 'deployment'>,
  recorded: { record: DeployedRecord; version: number } | undefined,
  { startedAt, now }: { startedAt: string; now: number },
): Output {
  const result = recorded?.record.deployment === deployment ? 'deployed' : 'returned';
  return { service, ...describeRecord(recorded), seconds: secondsSince(startedAt, now), result };
}

/** What is recorded, in an output. */
export function describeRecord(
  recorded: { record: DeployedRecord; version: number } | undefined,
): Pick<Output, 'release' | 'version' | 'fleet'> {
  if (!recorded) return {};
  const { release, fleet } = recorded.record;
  return { release, version: recorded.version, ...(fleet !== undefined && { fleet }) };
}

/** Whole seconds. */
export function secondsSince(startedAt: string, now: number): number {
  return Math.round((now - Date.parse(startedAt)) / 1000);
}
