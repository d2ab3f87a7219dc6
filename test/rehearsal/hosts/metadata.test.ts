import {
  Metadata,
  type MetadataServer,
  startMetadata,
  startSharedMetadata,
} from '../../../lib/rehearsal/hosts/metadata.ts';
import { launched } from '../../support/rehearsal/instance.ts';

describe('the metadata service of an instance', () => {
  let server: MetadataServer;
  let token: string;

  const read = (path: string, headers: Record<string, string> = { 'x-aws-ec2-metadata-token': token }) =>
    fetch(`${server.endpoint}/latest/${path}`, { headers });

  beforeAll(async () => {
    const instance = launched('i-1', '#!/bin/bash\necho hello\n', { 'holdfast:service': 'web' });
    server = await startMetadata(instance, { address: '127.0.0.1', region: 'eu-west-1' });
    const answer = await fetch(`${server.endpoint}/latest/api/token`, {
      method: 'PUT',
      headers: { 'x-aws-ec2-metadata-token-ttl-seconds': '60' },
    });
    token = await answer.text();
  });

  afterAll(() => server.close());

  it.each([
    ['meta-data/instance-id', 'i-1'],
    ['meta-data/local-ipv4', '127.0.0.1'],
    ['meta-data/placement/region', 'eu-west-1'],
    ['meta-data/tags/instance/holdfast:service', 'web'],
    ['meta-data/tags/instance/', 'holdfast:service'],
    ['user-data', '#!/bin/bash\necho hello\n'],
  ])('answers %s', async (path, expected) => {
    expect(await (await read(path)).text()).toBe(expected);
  });

  it('hands out credentials whose session names role and instance', async () => {
    const role = await (await read('meta-data/iam/security-credentials/')).text();
    const credentials = await (await read(`meta-data/iam/security-credentials/${role}`)).json();
    expect(credentials).toMatchObject({ Code: 'Success', Token: 'AROAEXAMPLE:i-1' });
  });

  it('has none for an instance without a profile', async () => {
    const { credentials: _, ...instance } = launched('i-2', '');
    const other = await startMetadata(instance, { address: '127.0.0.1', region: 'eu-west-1' });
    const session = await fetch(`${other.endpoint}/latest/api/token`, {
      method: 'PUT',
      headers: { 'x-aws-ec2-metadata-token-ttl-seconds': '60' },
    });
    const answer = await fetch(`${other.endpoint}/latest/meta-data/iam/security-credentials/`, {
      headers: { 'x-aws-ec2-metadata-token': await session.text() },
    });
    expect(answer.status).toBe(404);
    other.close();
  });

  it('answers 404 for what it does not have', async () => {
    expect((await read('meta-data/tags/instance/other')).status).toBe(404);
  });

  it('refuses requests without a token', async () => {
    expect((await read('meta-data/instance-id', {})).status).toBe(401);
    expect((await read('api/token', {})).status).toBe(405);
    expect((await fetch(`${server.endpoint}/latest/api/token`, { method: 'PUT' })).status).toBe(400);
  });
});

describe('the metadata service of many machines', () => {
  let server: MetadataServer;
  const known = new Map<string, Metadata>();

  beforeAll(async () => {
    server = await startSharedMetadata((address) => known.get(address), '127.0.0.1', 0);
    known.set(
      '127.0.0.1',
      new Metadata(launched('i-1', 'hello'), { address: '127.0.0.1', region: 'eu-west-1' }),
    );
  });
  afterAll(() => server.close());

  it('answers below a date without a token, as cloud-init asks', async () => {
    expect(await (await fetch(`${server.endpoint}/2021-03-23/meta-data/instance-id`)).text()).toBe('i-1');
    expect(await (await fetch(`${server.endpoint}/2021-03-23/user-data`)).text()).toBe('hello');
    expect(await (await fetch(`${server.endpoint}/2021-03-23/meta-data/`)).text()).toContain('instance-id\n');
  });

  it('refuses whoever asks for the latest without a token', async () => {
    expect((await fetch(`${server.endpoint}/latest/meta-data/instance-id`)).status).toBe(401);
    expect((await fetch(`${server.endpoint}/newest/meta-data/instance-id`)).status).toBe(404);
  });

  it('knows a machine by its address only', async () => {
    known.delete('127.0.0.1');
    expect((await fetch(`${server.endpoint}/2021-03-23/meta-data/instance-id`)).status).toBe(404);
  });
});
