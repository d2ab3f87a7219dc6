import {
  CreateSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { type Asked, outcome } from './asked.ts';

/** Secrets Manager: by name and ARN. */
export async function secretStory(config: Asked): Promise<void> {
  const secrets = new SecretsManagerClient(config);
  const { ARN } = await secrets.send(new CreateSecretCommand({ Name: 'token', SecretString: 's' }));
  const value = async (SecretId?: string) =>
    (await secrets.send(new GetSecretValueCommand({ SecretId }))).SecretString;
  expect([await value('token'), await value(ARN)]).toEqual(['s', 's']);
  expect(await outcome(value('none'))).toBe('ResourceNotFoundException');
}
