import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Endpoint, serve } from '../../../lib/local-aws/wire/serve.ts';
import { type Fixture, fixture } from '../../support/local-aws/world.ts';

const run = promisify(execFile);

describe('curl with --aws-sigv4', () => {
  let aws: Fixture;
  let endpoint: Endpoint;
  let folder: string;
  beforeEach(async () => {
    aws = fixture();
    aws.world.s3.createBucket({ Bucket: 'store' });
    aws.world.keys.set('ASIA1', 'secret');
    endpoint = await serve(aws.world);
    folder = mkdtempSync(join(tmpdir(), 'holdfast-curl-'));
  });
  afterEach(async () => {
    await endpoint.close();
    rmSync(folder, { recursive: true });
  });

  /** Answer and status. */
  const curl = async (path: string, user: string, ...more: string[]) => {
    const { stdout } = await run('curl', [
      ...['--silent', '--write-out', '\n%{http_code}', '--aws-sigv4', 'aws:amz:us-east-1:s3', '--user', user],
      ...more,
      `${endpoint.url}${path}`,
    ]);
    const lines = stdout.split('\n');
    return { status: lines.pop(), body: lines.join('\n') };
  };
  const unsigned = ['--header', 'x-amz-content-sha256: UNSIGNED-PAYLOAD'];
  const session = ['--header', 'x-amz-security-token: AROA1:i-1'];

  test('fetches an object with temporary credentials, and the call names the instance', async () => {
    aws.world.s3.putObject({ Bucket: 'store', Key: 'agent/abc', Body: '#!node' });
    const callers: unknown[] = [];
    aws.world.faults.seen = ({ caller }) => callers.push(caller);
    const answer = await curl('/store/agent/abc', 'ASIA1:secret', ...unsigned, ...session);
    expect(answer).toEqual({ status: '200', body: '#!node' });
    expect(callers).toEqual(['AROA1:i-1']);
  });

  test('uploads a file', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, 'content');
    expect(await curl('/store/x', 'ASIA1:secret', ...unsigned, '--upload-file', file)).toMatchObject({
      status: '200',
    });
    expect(Buffer.from(aws.world.s3.getObject({ Bucket: 'store', Key: 'x' }).Body).toString()).toBe(
      readFileSync(file, 'utf8'),
    );
  });

  test('a wrong secret is refused for a known key; other keys are let in', async () => {
    aws.world.s3.putObject({ Bucket: 'store', Key: 'x', Body: 'y' });
    const refused = await curl('/store/x', 'ASIA1:wrong', ...unsigned);
    expect(refused.status).toBe('403');
    expect(refused.body).toContain('SignatureDoesNotMatch');
    expect(await curl('/store/x', 'any:thing', ...unsigned)).toMatchObject({ status: '200' });
  });

  test('a missing object is 404', async () => {
    const answer = await curl('/store/none', 'ASIA1:secret', ...unsigned);
    expect(answer.status).toBe('404');
    expect(answer.body).toContain('<Code>NoSuchKey</Code>');
  });
});
