import { managedSecrets } from '../../lib/aws/secrets.ts';
import { type Clients, clients } from '../support/local-aws/clients.ts';

describe('secrets', () => {
  let aws: Clients;
  beforeEach(async () => {
    aws = await clients('memory');
  });
  afterEach(() => aws.close());

  test('a secret by its name', async () => {
    aws.world.secrets.createSecret({ Name: 'token', SecretString: 'value' });
    expect(await managedSecrets(aws.secrets).get('token')).toBe('value');
  });

  test('fails on one that does not exist, without guessing', async () => {
    await expect(managedSecrets(aws.secrets).get('none')).rejects.toMatchObject({
      name: 'AwsFailed',
      message: expect.stringContaining('could not read secret none'),
    });
  });
});
