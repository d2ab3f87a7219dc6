import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitRefs, speaksHttp } from '../../lib/git/branch-tips.ts';
import { git } from '../../lib/rehearsal/git/git.ts';
import { type GitServer, startGitServer } from '../../lib/rehearsal/git/server.ts';

const identity = {
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@b',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@b',
};
const secrets = new Map([['token', 's3cret\n']]);
const refs = gitRefs(async (secret) => secrets.get(secret) ?? '');

describe('branch tips over smart HTTP', () => {
  let folder: string;
  let host: GitServer;
  let url: string;
  let tip: string;
  /** A host that lets nobody in without the token. */
  let door: Server;
  const seen: (string | undefined)[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
    await git(['init', '--quiet', '--initial-branch=main', folder]);
    await git(['commit', '--quiet', '--allow-empty', '-m', 'one'], folder, identity);
    await git(['branch', 'main-next'], folder);
    tip = (await git(['rev-parse', 'HEAD'], folder)).trim();
    host = await startGitServer();
    url = await host.serve('site', folder);
    door = createServer((request: IncomingMessage, response) => {
      seen.push(request.headers.authorization);
      const expected = `Basic ${Buffer.from('x-access-token:s3cret').toString('base64')}`;
      if (request.headers.authorization !== expected) return response.writeHead(401).end();
      return response.writeHead(307, { location: new URL(request.url ?? '', url).href }).end();
    });
    door.listen(0, '127.0.0.1');
    await once(door, 'listening');
  });

  afterAll(async () => {
    await host.close();
    door.close();
    rmSync(folder, { recursive: true });
  });

  const privateUrl = () => url.replace(/:\d+\//, `:${(door.address() as AddressInfo).port}/`);

  test('a branch has its tip', async () => {
    expect(await refs.tip({ url }, 'main')).toBe(tip);
  });

  test('a branch that only begins another name is not there', async () => {
    expect(await refs.tip({ url }, 'mai')).toBeUndefined();
    expect(await refs.tip({ url }, 'gone')).toBeUndefined();
  });

  test('a private repository is asked with the token of its secret', async () => {
    expect(await refs.tip({ url: privateUrl(), credentials: { secret: 'token' } }, 'main')).toBe(tip);
  });

  test('fails without the token, and says nothing of it', async () => {
    const failure = await refs.tip({ url: privateUrl() }, 'main').catch((error: Error) => error);
    expect(failure).toMatchObject({ name: 'GitFailed', message: expect.stringContaining('401') });
    const wrong = refs.tip({ url: privateUrl(), credentials: { secret: 'token', username: 'bob' } }, 'main');
    await expect(wrong).rejects.toMatchObject({ message: expect.not.stringContaining('s3cret') });
  });

  test('fails when the host does not answer', async () => {
    await expect(refs.tip({ url: 'http://127.0.0.1:1/site.git' }, 'main')).rejects.toMatchObject({
      name: 'GitFailed',
    });
  });

  test('fails when the host names as tip what is no commit', async () => {
    const line = (text: string) => `${(text.length + 4).toString(16).padStart(4, '0')}${text}`;
    const evil = '--upload-pack=touch-x-and-more-than-that';
    const host = createServer((request, response) => {
      response.writeHead(200, {
        'content-type': `application/x-git-upload-pack-${request.method === 'GET' ? 'advertisement' : 'result'}`,
      });
      const refs = `${line(`${evil} refs/heads/main\n`)}0000`;
      const greeting = `${line('# service=git-upload-pack\n')}0000${line('version 2\n')}${line('ls-refs\n')}0000`;
      response.end(request.method === 'GET' ? greeting : refs);
    }).listen(0, '127.0.0.1');
    await once(host, 'listening');
    const { port } = host.address() as AddressInfo;
    await expect(refs.tip({ url: `http://127.0.0.1:${port}/x.git` }, 'main')).rejects.toMatchObject({
      name: 'GitFailed',
      message: expect.stringContaining(evil),
    });
    host.close();
  });

  test('only http and https are asked', () => {
    expect(['https://a/b', 'http://127.0.0.1/b', 'ssh://a/b', 'file:///b'].map(speaksHttp)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
