import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { S3Client } from '@aws-sdk/client-s3';
import { SSMClient } from '@aws-sdk/client-ssm';
import { startStore } from '../../bench/local-store.ts';
import { makePlace } from '../../bench/place.ts';
import { parametersOf } from '../../bench/product/agent.ts';
import { makeTarball } from '../../bench/product/tarball.ts';
import { s3Objects } from '../../lib/aws/objects.ts';
import { ssmParameters } from '../../lib/aws/parameters.ts';
import { itWith } from '../support/suite/programs.ts';

const place = makePlace();
let store: Awaited<ReturnType<typeof startStore>>;
beforeAll(async () => {
  store = await startStore();
});
afterAll(async () => {
  await store.close();
  place.remove();
});

const connection = () => ({
  endpoint: store.env.AWS_ENDPOINT_URL ?? '',
  region: 'us-east-1',
  credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
});

it('records a release where the agent reads it', async () => {
  const commit = 'a'.repeat(40);
  await store.record('web', { site: { branch: 'main', commit } }, false);
  const found = await ssmParameters(new SSMClient(connection())).get(parametersOf('web').release);
  expect(JSON.parse(found?.value ?? '')).toMatchObject({ release: { site: { commit } }, verified: false });
});

itWith('zstd', 'gives a tarball to the SDK and to curl', async () => {
  const shape = { files: 60, fileBytes: 500, commits: 1 };
  const made = await makeTarball({ place, url: '' }, 'small', shape);
  const { key, version } = await store.put('small.tar.zst', made);
  const client = new S3Client({ ...connection(), forcePathStyle: true });
  const read = await s3Objects(client, store.bucket).stream(key, version);
  const bytes = read && (await buffer(read.body));
  const answer = await fetch(store.address(key));
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes);
  const list = execFileSync('tar', ['--list', '--zstd', '--file', join(place.path, 'small.tar.zst')]);
  expect(String(list).match(/[a-z]+-[a-z]+-\w+\.\w+/g)).toHaveLength(60);
});
