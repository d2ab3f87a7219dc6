import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { HoldfastError } from '../release/errors.ts';
import { call } from './call.ts';

export { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** Secrets Manager. */
export interface Secrets {
  /** Value of a secret by name or ARN; throws AwsFailed when it does not exist or may not be read. */
  get(id: string): Promise<string>;
}

/** Secrets through the SDK's client. */
export function managedSecrets(client: SecretsManagerClient): Secrets {
  return {
    async get(id) {
      const command = new GetSecretValueCommand({ SecretId: id });
      const { SecretString, SecretBinary } = await call(`could not read secret ${id}`, () =>
        client.send(command),
      );
      const value = SecretString ?? (SecretBinary && Buffer.from(SecretBinary).toString('utf8'));
      if (value) return value;
      throw new HoldfastError('AwsFailed', `secret ${id}: found no value; store the token or key in it`);
    },
  };
}
