import { GetParameterCommand, PutParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { HoldfastError } from '../release/errors.ts';
import { call, callUnless } from './call.ts';
import { until } from './until.ts';

/** One version of a parameter. */
export interface Parameter {
  /** Without the version. */
  name: string;
  value: string;
  version: number;
}

/** SSM Parameter Store. "Not found" is `undefined`; "could not ask" throws AwsFailed. */
export interface Parameters {
  /** Newest version as far as the service knows: may be stale. */
  get(name: string): Promise<Parameter | undefined>;
  /**
   * Exactly this version. One that is not visible yet is asked for again, up to `waitSeconds`; then it is
   * NothingRecorded, which is another fact than AwsFailed.
   */
  getVersion(name: string, version: number): Promise<Parameter>;
  /** Writes a new version and gives its number. */
  put(name: string, value: string): Promise<number>;
}

export interface ParametersOptions {
  /** How long a version that is not visible yet is asked for. Default: 15. */
  waitSeconds?: number;
}

const absent = ['ParameterNotFound', 'ParameterVersionNotFound'];

/** Parameters behind the SDK's client. */
export function ssmParameters(client: SSMClient, options: ParametersOptions = {}): Parameters {
  const waitSeconds = options.waitSeconds ?? 15;

  async function read(id: string): Promise<Parameter | undefined> {
    const command = new GetParameterCommand({ Name: id, WithDecryption: true });
    const answer = await callUnless(absent, `could not read parameter ${id}`, () => client.send(command));
    const found = answer?.Parameter;
    if (found?.Value === undefined) return undefined;
    return { name: found.Name ?? id, value: found.Value, version: found.Version ?? 0 };
  }

  return {
    get: read,
    async getVersion(name, version) {
      const found = await until(waitSeconds, () => read(`${name}:${version}`));
      if (found) return { ...found, name };
      throw new HoldfastError(
        'NothingRecorded',
        `parameter ${name}: found no version ${version} within ${waitSeconds} seconds; publish it, or name another`,
      );
    },
    async put(name, value) {
      const command = new PutParameterCommand({ Name: name, Value: value, Type: 'String', Overwrite: true });
      const answer = await call(`could not write parameter ${name}`, () => client.send(command));
      return answer.Version ?? 0;
    },
  };
}
