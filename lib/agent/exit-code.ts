import { type ErrorName, HoldfastError } from '../release/errors.ts';

const codes: Partial<Record<ErrorName, number>> = {
  InvalidInput: 2,
  NothingRecorded: 3,
  UnknownCommit: 4,
  InvalidTarball: 5,
  RecordChanged: 6,
  NotHealthy: 7,
  CommandFailed: 8,
  ProvisionFailed: 8,
  ServiceFailed: 8,
};

/** Exit code of an error; 1 for errors without a code of their own. */
export function exitCode(error: unknown): number {
  return (error instanceof HoldfastError ? codes[error.name] : undefined) ?? 1;
}
