import type { Parameter, Parameters } from '../../aws/parameters.ts';
import { parameterNames } from '../../config/resource-names.ts';
import { formatParameterVersion } from '../../release/parameter-version.ts';

/** The identity of a launch. */
interface Launch {
  environment: string;
  service: string;
  /** `NAME:VERSION`; `NAME` of `deployed` where the instances record. */
  record: string;
  /** `NAME:VERSION` */
  settings: string;
}

/** All parameters that a launch may read. */
export function launchParameters({ environment, service, record, settings }: Launch): string[] {
  const { deployed } = parameterNames(environment, service);
  const isDeployed = record === deployed || record.startsWith(`${deployed}:`);
  return [settings, record, ...(isDeployed ? [] : [deployed])];
}

/**
 * Reads parameters, `NAME` or `NAME:VERSION`, with one call and answers from them afterwards: a thousand launches
 * share 40 reads a second with the whole account. A parameter that was not visible is read when it is needed.
 */
export async function readAhead(parameters: Parameters, ids: readonly string[]): Promise<Parameters> {
  const known = await parameters.together(ids);
  const answer = (id: string, ask: () => Promise<Parameter>) => {
    const found = known.get(id);
    return found ? Promise.resolve(found) : ask();
  };
  return {
    ...parameters,
    get: async (name) => known.get(name) ?? (await parameters.get(name)),
    getVersion: (name, version) =>
      answer(formatParameterVersion({ name, version }), () => parameters.getVersion(name, version)),
  };
}
