import { parameterNames } from '../../config/resource-names.ts';
import { HoldfastError, nameOf } from '../../release/errors.ts';
import { parseRecord } from '../../release/record.ts';
import type { Recorded } from '../actions/settings.ts';
import type { Adapters } from '../actions/step-context.ts';

/** Versions of a parameter that Parameter Store keeps. */
const kept = 100;

/** The record of a version of `deployed`. `newest` is the present one. */
export async function numberedRecord(
  { parameters, environment }: Pick<Adapters, 'parameters' | 'environment'>,
  service: string,
  version: number,
  newest: Recorded | undefined,
): Promise<Recorded> {
  if (!newest) throw unknownVersion(`service ${service} was never deployed; deploy a branch or a commit`);
  if (version === newest.version) return newest;
  const oldest = Math.max(1, newest.version - kept + 1);
  const there = `${oldest} to ${newest.version}`;
  if (version > newest.version)
    throw unknownVersion(`service ${service} has the records ${there}, found ${version}; name one of these`);
  const gone = (cause?: unknown) =>
    new HoldfastError(
      'NothingRecorded',
      `version: record ${version} of service ${service} is gone, because Parameter Store keeps the newest ${kept} (${there}); give the commits and overlays that are to run`,
      { cause },
    );
  if (version < oldest) throw gone();
  const name = parameterNames(environment, service).deployed;
  try {
    const { value } = await parameters.getVersion(name, version);
    return { record: parseRecord(value, `parameter ${name}:${version}`), version };
  } catch (error) {
    throw nameOf(error, 'AwsFailed') === 'NothingRecorded' ? gone(error) : error;
  }
}

function unknownVersion(message: string): HoldfastError {
  return new HoldfastError('InvalidInput', `version: ${message}`);
}
