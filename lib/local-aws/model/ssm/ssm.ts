import type {
  DeleteParameterRequest,
  GetParameterHistoryRequest,
  GetParameterHistoryResult,
  GetParameterRequest,
  GetParameterResult,
  GetParametersByPathRequest,
  GetParametersByPathResult,
  GetParametersRequest,
  GetParametersResult,
  LabelParameterVersionRequest,
  LabelParameterVersionResult,
  Parameter,
  PutParameterRequest,
  PutParameterResult,
} from '@aws-sdk/client-ssm';
import type { Clock } from '../../clock.ts';
import { type AwsAccount, arn } from '../arns.ts';
import { AwsError } from '../error.ts';
import type { Staleness } from '../faults.ts';
import { page } from '../page.ts';
import { checkPut } from './checks.ts';
import { type ParameterVersion, parseSelector, StoredParameter, select } from './parameter.ts';

/** Time after a deletion before the name can be written again. */
const restMilliseconds = 30_000;

/** SSM Parameter Store. */
export class Ssm {
  readonly #parameters = new Map<string, StoredParameter>();
  readonly #deletedAt = new Map<string, number>();
  readonly #clock: Clock;
  readonly #place: AwsAccount;

  constructor(clock: Clock, place: AwsAccount) {
    this.#clock = clock;
    this.#place = place;
  }

  putParameter(input: PutParameterRequest): PutParameterResult {
    const { name, value } = checkPut(input);
    const known = this.#parameters.get(name);
    if (known && !input.Overwrite) throw alreadyExists(name);
    if (!known && this.#rests(name)) throw alreadyExists(name);
    if (!known && !input.Type)
      throw new AwsError('ValidationException', 'A parameter type is required when you create a parameter.');
    return { Version: this.#add(name, value, input).version, Tier: 'Standard' };
  }

  /** Writes a parameter that only AWS itself may write, such as `/aws/service/ami-...`. */
  seed(name: string, value: string): void {
    this.#add(name, value, { DataType: 'aws:ec2:image' });
  }

  getParameter(input: GetParameterRequest, stale?: Staleness): GetParameterResult {
    return { Parameter: this.#read(input.Name ?? '', stale) };
  }

  getParameters(input: GetParametersRequest, stale?: Staleness): GetParametersResult {
    const result = { Parameters: [] as Parameter[], InvalidParameters: [] as string[] };
    for (const name of input.Names ?? []) {
      try {
        result.Parameters.push(this.#read(name, stale));
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        result.InvalidParameters.push(name);
      }
    }
    return result;
  }

  getParametersByPath(input: GetParametersByPathRequest, stale?: Staleness): GetParametersByPathResult {
    const path = `${(input.Path ?? '').replace(/\/$/, '')}/`;
    const names = [...this.#parameters.keys()].sort().filter((name) => {
      const rest = name.startsWith(path) ? name.slice(path.length) : undefined;
      return rest !== undefined && (input.Recursive || !rest.includes('/'));
    });
    const { items, nextToken } = page(names, input.NextToken, input.MaxResults ?? 10);
    return { Parameters: this.getParameters({ Names: items }, stale).Parameters, NextToken: nextToken };
  }

  getParameterHistory(input: GetParameterHistoryRequest): GetParameterHistoryResult {
    const parameter = this.#find(input.Name ?? '');
    const { items, nextToken } = page(parameter.versions, input.NextToken, input.MaxResults ?? 50);
    return {
      Parameters: items.map((version) => ({
        ...this.#describe(parameter.name, version),
        Labels: [...version.labels],
        Description: version.description,
      })),
      NextToken: nextToken,
    };
  }

  labelParameterVersion(input: LabelParameterVersionRequest): LabelParameterVersionResult {
    const { versions, name } = this.#find(input.Name ?? '');
    const version = select(versions, name, input.ParameterVersion?.toString());
    for (const label of input.Labels ?? []) {
      for (const other of versions) other.labels = other.labels.filter((known) => known !== label);
      version.labels.push(label);
    }
    return { InvalidLabels: [], ParameterVersion: version.version };
  }

  deleteParameter(input: DeleteParameterRequest): Record<string, never> {
    const { name } = this.#find(input.Name ?? '');
    this.#parameters.delete(name);
    this.#deletedAt.set(name, this.#clock.now());
    return {};
  }

  #read(text: string, stale: Staleness | undefined): Parameter {
    const { name, selector } = parseSelector(text);
    const versions = this.#parameters.get(name)?.visible(this.#clock.now(), stale) ?? [];
    const parameter = this.#describe(name, select(versions, name, selector));
    return selector === undefined ? parameter : { ...parameter, Selector: `:${selector}` };
  }

  #describe(name: string, version: ParameterVersion): Parameter {
    return {
      Name: name,
      Type: version.type,
      Value: version.value,
      Version: version.version,
      LastModifiedDate: new Date(version.at),
      ARN: arn.parameter(this.#place, name),
      DataType: version.dataType,
    };
  }

  #find(name: string): StoredParameter {
    const parameter = this.#parameters.get(name);
    if (!parameter) throw new AwsError('ParameterNotFound', `Parameter ${name} not found.`);
    return parameter;
  }

  #add(name: string, value: string, input: Partial<PutParameterRequest>): ParameterVersion {
    const parameter = this.#parameters.get(name) ?? new StoredParameter(name);
    const previous = parameter.versions.at(-1);
    const added = parameter.add({
      value,
      type: input.Type ?? previous?.type ?? 'String',
      description: input.Description,
      dataType: input.DataType ?? previous?.dataType ?? 'text',
      at: this.#clock.now(),
    });
    this.#parameters.set(name, parameter);
    return added;
  }

  #rests(name: string): boolean {
    const deleted = this.#deletedAt.get(name);
    return deleted !== undefined && this.#clock.now() - deleted < restMilliseconds;
  }
}

function alreadyExists(name: string): AwsError {
  return new AwsError(
    'ParameterAlreadyExists',
    `The parameter already exists. To overwrite this value, set the overwrite option in the request to true. (${name})`,
  );
}
