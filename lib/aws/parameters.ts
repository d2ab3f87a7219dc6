import {
  GetParameterCommand,
  GetParameterHistoryCommand,
  GetParametersCommand,
  PutParameterCommand,
  type Parameter as SdkParameter,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import { HoldfastError } from '../release/errors.ts';
import { formatParameterVersion } from '../release/parameter-version.ts';
import { growingPauses } from '../waiting/pauses.ts';
import { poll } from '../waiting/poll.ts';
import { allPages, call, callUnless } from './call.ts';

/** One version of a parameter. */
export interface Parameter {
  /** Without version. */
  name: string;
  value: string;
  version: number;
}

/** SSM Parameter Store. "Not found" is `undefined`; a failed call throws AwsFailed. */
export interface Parameters {
  /** Newest version that the service knows; it may be stale. */
  get(name: string): Promise<Parameter | undefined>;
  /**
   * Exactly this version. Asks again for up to `waitSeconds` while it is not visible; then throws NothingRecorded,
   * which is another fact than AwsFailed.
   */
  getVersion(name: string, version: number): Promise<Parameter>;
  /**
   * Up to ten parameters of different names, each `NAME` or `NAME:VERSION`, keyed by that. Invisible ones are left
   * out. Counts as one read of the account's limit.
   */
  together(ids: readonly string[]): Promise<Map<string, Parameter>>;
  /** Every version that is kept, with its labels; no order. */
  history(name: string): Promise<{ version: number; labels: string[] }[]>;
  /** Writes a new version and returns its number. */
  put(name: string, value: string): Promise<number>;
}

export interface ParametersOptions {
  /** How long to ask for a version that is not visible yet. Default: 15. */
  waitSeconds?: number;
}

const absent = ['ParameterNotFound', 'ParameterVersionNotFound'];

/** Parameters through the SDK's client. */
export function ssmParameters(client: SSMClient, options: ParametersOptions = {}): Parameters {
  const waitSeconds = options.waitSeconds ?? 15;

  async function read(id: string): Promise<Parameter | undefined> {
    const command = new GetParameterCommand({ Name: id, WithDecryption: true });
    const answer = await callUnless(absent, `could not read parameter ${id}`, () => client.send(command));
    return answer?.Parameter && parameterOf(answer.Parameter);
  }

  return {
    get: read,
    async getVersion(name, version) {
      const found = await poll(
        () => read(formatParameterVersion({ name, version })),
        growingPauses({ seconds: waitSeconds, first: 100, most: 2_000, jitter: true }),
      );
      if (found) return { ...found, name };
      throw new HoldfastError(
        'NothingRecorded',
        `parameter ${name}: found no version ${version} within ${waitSeconds} seconds; publish it, or name another`,
      );
    },
    async together(ids) {
      const command = new GetParametersCommand({ Names: [...ids], WithDecryption: true });
      const answer = await call(`could not read parameters ${ids.join(', ')}`, () => client.send(command));
      const found = (answer.Parameters ?? []).map(parameterOf).filter((each) => each !== undefined);
      const named = ids.map((id) => [id, found.find((each) => isNamed(each, id))] as const);
      return new Map(named.filter((each): each is [string, Parameter] => each[1] !== undefined));
    },
    async history(name) {
      const versions = await allPages(async (token) => {
        const command = new GetParameterHistoryCommand({ Name: name, NextToken: token });
        const answer = await callUnless(absent, `could not read the versions of parameter ${name}`, () =>
          client.send(command),
        );
        return { items: answer?.Parameters, next: answer?.NextToken };
      });
      return versions.map(({ Version = 0, Labels = [] }) => ({ version: Version, labels: Labels }));
    },
    async put(name, value) {
      const command = new PutParameterCommand({ Name: name, Value: value, Type: 'String', Overwrite: true });
      const answer = await call(`could not write parameter ${name}`, () => client.send(command));
      return answer.Version ?? 0;
    },
  };
}

function parameterOf({ Name, Value, Version }: SdkParameter): Parameter | undefined {
  return Value === undefined ? undefined : { name: Name ?? '', value: Value, version: Version ?? 0 };
}

/** Whether `NAME` or `NAME:VERSION` means this parameter. */
function isNamed({ name, version }: Parameter, id: string): boolean {
  return id === name || id === formatParameterVersion({ name, version });
}
