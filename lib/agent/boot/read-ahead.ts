import type { Parameter, Parameters } from '../../aws/parameters.ts';
import { parameterNames } from '../../config/resource-names.ts';
import { formatParameterVersion } from '../../release/parameter-version.ts';

/** Who is launched. */
interface Launch {
  environment: string;
  service: string;
  /** `NAME:VERSION` */
  record: string;
  /** `NAME:VERSION` */
  settings: string;
}

/** Everything that a launch may ask Parameter Store for. */
export function launchParameters({ environment, service, record, settings }: Launch): string[] {
  const { deployed } = parameterNames(environment, service);
  return [settings, record, ...(record.startsWith(`${deployed}:`) ? [] : [deployed])];
}

/**
 * Reads parameters with one call, `NAME` or `NAME:VERSION`, and answers from them afterwards. A thousand launches share a
 * limit of 40 reads a second with the whole account. What was not visible is asked for when it is needed.
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
