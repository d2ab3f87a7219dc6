import { once } from 'node:events';
import { connect } from 'node:net';
import { type Endpoint, serve } from '../../../lib/local-aws/wire/serve.ts';
import { type Fixture, fixture } from '../../support/local-aws/world.ts';

describe('the wire over HTTP', () => {
  let aws: Fixture;
  let endpoint: Endpoint;
  beforeEach(async () => {
    aws = fixture();
    aws.world.s3.createBucket({ Bucket: 'store' });
    endpoint = await serve(aws.world);
  });
  afterEach(() => endpoint.close());

  const signed = (service: string) =>
    `AWS4-HMAC-SHA256 Credential=AKIA1/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

  test('a caller that dies in its upload leaves nothing, and the next one is served', async () => {
    const { hostname, port } = new URL(endpoint.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write('PUT /store/half HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhalf');
    socket.resetAndDestroy();
    await once(socket, 'close');
    const answer = await fetch(`${endpoint.url}/store/half`);
    expect(answer.status).toBe(404);
  });

  test('an unsigned request is S3', async () => {
    aws.world.s3.putObject({ Bucket: 'store', Key: 'a/ü b', Body: 'text', ContentType: 'text/plain' });
    const answer = await fetch(`${endpoint.url}/store/a/%C3%BC%20b`);
    expect([answer.headers.get('content-type'), await answer.text()]).toEqual(['text/plain', 'text']);
  });

  test('refuses a service that is not modelled by its name', async () => {
    const answer = await fetch(endpoint.url, {
      method: 'POST',
      headers: { authorization: signed('dynamodb'), 'x-amz-target': 'DynamoDB_20120810.GetItem' },
      body: '{}',
    });
    expect(answer.status).toBe(501);
    expect(await answer.json()).toMatchObject({
      __type: 'NotModelled',
      message: 'the service dynamodb is not part of the local AWS',
    });
  });

  test('refuses a body that is not what was signed', async () => {
    const answer = await fetch(`${endpoint.url}/store/k`, {
      method: 'PUT',
      headers: { authorization: signed('s3'), 'x-amz-content-sha256': '0'.repeat(64) },
      body: 'x',
    });
    expect(await answer.text()).toContain('<Code>XAmzContentSHA256Mismatch</Code>');
  });

  test('refuses a signed request to S3 that does not state its digest', async () => {
    const answer = await fetch(`${endpoint.url}/store/k`, { headers: { authorization: signed('s3') } });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('Missing required header for this request: x-amz-content-sha256');
  });

  test('a mistake in the model is told as such, and not repeated', async () => {
    aws.world.s3.getObject = () => {
      throw new TypeError('oops');
    };
    const answer = await fetch(`${endpoint.url}/store/k`);
    expect(answer.status).toBe(501);
    expect(await answer.text()).toContain('<Code>ModelFailed</Code><Message>TypeError: oops');
  });
});
