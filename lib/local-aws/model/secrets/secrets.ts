import type {
  CreateSecretRequest,
  CreateSecretResponse,
  GetSecretValueRequest,
  GetSecretValueResponse,
  PutSecretValueRequest,
  PutSecretValueResponse,
} from '@aws-sdk/client-secrets-manager';
import type { Clock } from '../../clock.ts';
import { type AwsAccount, arn } from '../arns.ts';
import { AwsError } from '../error.ts';
import type { Ids } from '../ids.ts';

/** Text, else bytes. */
type Value = Pick<GetSecretValueResponse, 'SecretString' | 'SecretBinary'>;

interface Secret {
  arn: string;
  name: string;
  value: Value;
  version: string;
  at: number;
}

/** Secrets Manager: one current value for each name. */
export class SecretsManager {
  readonly #secrets = new Map<string, Secret>();
  readonly #clock: Clock;
  readonly #place: AwsAccount;
  readonly #ids: Ids;

  constructor(clock: Clock, place: AwsAccount, ids: Ids) {
    this.#clock = clock;
    this.#place = place;
    this.#ids = ids;
  }

  createSecret(input: CreateSecretRequest): CreateSecretResponse {
    const name = input.Name ?? '';
    if (this.#secrets.has(name))
      throw new AwsError('ResourceExistsException', `A secret with the name ${name} already exists.`);
    const secret = this.#version({ arn: arn.secret(this.#place, name, 'AbCdEf'), name }, input);
    return { ARN: secret.arn, Name: name, VersionId: secret.version };
  }

  putSecretValue(input: PutSecretValueRequest): PutSecretValueResponse {
    const secret = this.#version(this.#find(input.SecretId), input);
    return { ARN: secret.arn, Name: secret.name, VersionId: secret.version };
  }

  getSecretValue(input: GetSecretValueRequest): GetSecretValueResponse {
    const secret = this.#find(input.SecretId);
    return {
      ARN: secret.arn,
      Name: secret.name,
      VersionId: secret.version,
      ...secret.value,
      VersionStages: ['AWSCURRENT'],
      CreatedDate: new Date(secret.at),
    };
  }

  #version(of: Pick<Secret, 'arn' | 'name'>, { SecretString, SecretBinary }: Value): Secret {
    const { arn: id, name } = of;
    const value = SecretBinary ? { SecretBinary } : { SecretString };
    const secret = { arn: id, name, value, version: this.#ids.uuid(), at: this.#clock.now() };
    this.#secrets.set(name, secret);
    return secret;
  }

  /** By name, ARN, or ARN without the six characters at its end. */
  find(id: string): Secret | undefined {
    return [...this.#secrets.values()].find((secret) =>
      [secret.name, secret.arn, secret.arn.slice(0, -7)].includes(id),
    );
  }

  #find(id = ''): Secret {
    const secret = this.find(id);
    if (secret) return secret;
    throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  }
}
