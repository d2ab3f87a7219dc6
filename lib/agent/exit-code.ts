import { type ErrorName, HoldfastError } from '../release/errors.ts';

interface ExitCode {
  code: number;
  meaning: string;
  errors: readonly ErrorName[];
}

/** Exit codes of runs that fail for a reason that a caller may want to know. Every other failure ends with 1. */
export const exitCodes: readonly ExitCode[] = [
  { code: 2, meaning: 'Usage or settings are wrong.', errors: ['InvalidInput'] },
  { code: 3, meaning: 'Nothing is recorded.', errors: ['NothingRecorded'] },
  {
    code: 4,
    meaning: 'The branch or the commit is unknown, or the commit is not on its branch.',
    errors: ['UnknownCommit'],
  },
  {
    code: 5,
    meaning: 'An overlay or artifact is missing, damaged or hostile.',
    errors: ['InvalidTarball'],
  },
  {
    code: 6,
    meaning: 'Someone else changed the record to another release; this deployment stays.',
    errors: ['RecordChanged'],
  },
  { code: 7, meaning: 'The release is not healthy; the previous one runs again.', errors: ['NotHealthy'] },
  {
    code: 8,
    meaning:
      'A command, a state or a task failed, and the previous release runs; or a watched service did not come back.',
    errors: ['CommandFailed', 'ProvisionFailed', 'ServiceFailed'],
  },
];

/** Exit code of an error; 1 for errors without a code of their own. */
export function exitCode(error: unknown): number {
  if (!(error instanceof HoldfastError)) return 1;
  return exitCodes.find(({ errors }) => errors.includes(error.name))?.code ?? 1;
}
