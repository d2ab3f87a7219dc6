import { parameterNames } from '../../config/resource-names.ts';
import { HoldfastError } from '../../release/errors.ts';
import type { StepContext } from './step-context.ts';

/** Versions of a parameter that Parameter Store keeps. The next write takes the oldest away. */
const keptVersions = 100;

/**
 * Refuses a deployment whose record could not be written in the end: Parameter Store takes no version away that has a
 * label.
 */
export async function refuseFullRecord(
  { parameters, environment }: StepContext<'parameters'>,
  service: string,
  newest: number | undefined,
): Promise<void> {
  if (newest === undefined || newest < keptVersions) return;
  const name = parameterNames(environment, service).deployed;
  const versions = await parameters.history(name);
  const [oldest] = versions.toSorted((a, b) => a.version - b.version);
  if (!oldest || versions.length < keptVersions || oldest.labels.length === 0) return;
  const label = oldest.labels.join(' ');
  throw new HoldfastError(
    'AwsFailed',
    `parameter ${name}: found label ${label} on version ${oldest.version}, the oldest of ${versions.length}, expected none, because the next write takes it away; run aws ssm unlabel-parameter-version --name ${name} --parameter-version ${oldest.version} --labels ${label}, then deploy again`,
  );
}
