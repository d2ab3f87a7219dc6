import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { instanceCredentials } from '../../lib/aws/instance-credentials.ts';
import { instanceMetadata } from '../../lib/aws/metadata.ts';
import { type MetadataServer, startMetadata } from '../../lib/rehearsal/hosts/metadata.ts';
import { launched } from '../support/rehearsal/instance.ts';

describe('instance metadata', () => {
  let server: MetadataServer;
  beforeEach(async () => {
    const instance = launched('i-1', '', { 'holdfast:service': 'web' });
    server = await startMetadata(instance, { address: '127.0.0.1', region: 'eu-west-1' });
  });
  afterEach(() => server.close());

  const environment = () => ({ AWS_EC2_METADATA_SERVICE_ENDPOINT: server.endpoint });

  test('documents and tags, with a session', async () => {
    const metadata = instanceMetadata(environment());
    expect(await metadata.get('instance-id')).toBe('i-1');
    expect(await metadata.get('placement/region')).toBe('eu-west-1');
    expect(await metadata.get('tags/instance/holdfast:service')).toBe('web');
    expect(await metadata.get('tags/instance/none')).toBeUndefined();
  });

  test('credentials of the role', async () => {
    expect(await instanceCredentials(environment())()).toEqual({
      accessKeyId: expect.any(String),
      secretAccessKey: expect.any(String),
      sessionToken: 'AROAEXAMPLE:i-1',
      expiration: expect.any(Date),
    });
  });

  test('credentials of the environment come first', async () => {
    const given = { ...environment(), AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key' };
    expect(await instanceCredentials(given)()).toEqual({ accessKeyId: 'id', secretAccessKey: 'key' });
    expect(await instanceCredentials({ ...given, AWS_SESSION_TOKEN: 't' })()).toMatchObject({
      sessionToken: 't',
    });
  });

  test('fails when nobody answers', async () => {
    server.close();
    await expect(instanceMetadata(environment()).get('instance-id')).rejects.toMatchObject({
      name: 'AwsFailed',
      message: expect.stringMatching(/^instance metadata at http:.*: no answer/),
    });
  });
});

test('an instance without a role has no credentials, and the error says so', async () => {
  const server = withoutRole();
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const environment = { AWS_EC2_METADATA_SERVICE_ENDPOINT: `http://127.0.0.1:${port}` };
  await expect(instanceCredentials(environment)()).rejects.toMatchObject({
    name: 'AwsFailed',
    message: expect.stringContaining('nor a role of this instance'),
  });
  server.close();
});

function withoutRole(): Server {
  const server = createServer((request, response) => {
    response.writeHead(request.method === 'PUT' ? 200 : 404, { connection: 'close' }).end('token');
  });
  return server.listen(0, '127.0.0.1');
}
