import { parseParameterVersion } from '../../release/parameter-version.ts';
import { type DeployedRecord, parseRecord } from '../../release/record.ts';
import type { Journal } from '../journal.ts';
import type { StepContext } from './step-context.ts';

/** The candidate's record as it will stand in `deployed`. Its instances have proven every commit by then. */
export async function recordOfCandidate(
  deps: StepContext<'parameters'>,
  candidate: NonNullable<Journal['candidate']>,
  reason: string | undefined,
): Promise<DeployedRecord> {
  const { name, version } = parseParameterVersion(candidate.record);
  const { value } = await deps.parameters.getVersion(name, version);
  return {
    ...parseRecord(value, `parameter ${candidate.record}`),
    verified: true,
    at: new Date(deps.now()).toISOString(),
    ...(reason !== undefined && { reason }),
  };
}
