import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { answerWithCgi } from '../../../lib/rehearsal/git/cgi.ts';
import type { Repository } from '../../support/agent/repository.ts';
import { type Ended, Stage, site } from '../../support/agent/stage.ts';
import { treeAt } from '../../support/agent/tree.ts';

const token = 'token-that-nobody-must-see';

/** A private git host on loopback. Notes everything that a process list shows while it is asked. */
async function privateHost(repository: Repository) {
  const backend = join(execFileSync('git', ['--exec-path']).toString().trim(), 'git-http-backend');
  const environment = {
    PATH: process.env.PATH,
    GIT_PROJECT_ROOT: join(repository.path, '..'),
    GIT_HTTP_EXPORT_ALL: '1',
  };
  const wanted = `Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
  const shown: string[] = [];
  const server = createServer((request, response) => {
    shown.push(...processes());
    if (request.headers.authorization !== wanted) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
      return;
    }
    answerWithCgi(backend, environment, request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { server, shown, url: `http://127.0.0.1:${port}/repository/.git` };
}

/** Arguments and environments of all processes. */
function processes(): string[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && name !== `${process.pid}`);
  return pids.flatMap((pid) => ['cmdline', 'environ'].map((file) => readable(`/proc/${pid}/${file}`)));
}

function readable(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}

/** Files below a folder that hold the secret. */
function holding(folder: string, secret: string): string {
  const args = ['-rlF', secret, folder];
  try {
    return execFileSync('grep', args).toString();
  } catch {
    return '';
  }
}

/** In memory; of root where nobody else makes names. */
const keysFolder = process.getuid?.() === 0 ? '/run/holdfast/keys' : '/dev/shm';

describe('a private repository', () => {
  let stage: Stage;
  let repository: Repository;
  const servers: Server[] = [];

  beforeEach(async () => {
    stage = await Stage.start();
    repository = stage.repository();
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) server.close();
    await stage.stop();
  });

  function expectNoSecret({ stdout, stderr }: Ended, secret: string): void {
    expect(`${stdout}${stderr}`).not.toContain(secret);
    expect(holding(stage.root, secret)).toBe('');
    const left = existsSync(keysFolder) ? readdirSync(keysFolder) : [];
    expect(left.filter((name) => name.startsWith('holdfast-keys-'))).toEqual([]);
  }

  it('is fetched with a token that no process list, log or file shows', async () => {
    const { server, shown, url } = await privateHost(repository);
    servers.push(server);
    stage.world.secrets.createSecret({ Name: 'git-token', SecretString: `${token}\n` });
    stage.configure({
      repositories: { site: { url, branch: 'main', credentials: { secret: 'git-token' } } },
    });
    stage.record(site(repository.commit({ a: '1' })), { verified: false });
    stage.configure({ parameters: { release: '/holdfast/test/web/deployed:1', deployed: '/none' } });
    const ended = await stage.autoProcess();
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 0, stderr: '' });
    expect(treeAt(stage.current())).toEqual({ a: '644 1' });
    expect(shown.some((text) => text.includes('git-remote-http'))).toBe(true);
    expect(shown.filter((text) => text.includes(token))).toEqual([]);
    expectNoSecret(ended, token);
  });

  it('fails with 1 when the token is wrong, without asking anybody', async () => {
    const { server, url } = await privateHost(repository);
    servers.push(server);
    stage.world.secrets.createSecret({ Name: 'git-token', SecretString: 'wrong' });
    stage.configure({
      repositories: { site: { url, branch: 'main', credentials: { secret: 'git-token' } } },
    });
    stage.record(site(repository.commit({ a: '1' })));
    const { code, stderr } = await stage.auto();
    expect(code).toBe(1);
    expect(stderr).toMatch(/^repository site: git .*Authentication failed/);
  });

  it('is fetched over ssh with a key that only its user can read and that is gone afterwards', async () => {
    const bin = join(stage.folder, 'bin');
    const seen = join(stage.folder, 'seen');
    mkdirSync(bin);
    // Stands in for ssh: notes how it was called, then serves the repository as the other side would.
    writeFileSync(
      join(bin, 'ssh'),
      `#!/bin/sh
echo "$@" >> ${seen}
while [ $# -gt 1 ]; do
  if [ "$1" = -i ]; then { stat -c %a "$2"; cat "$2"; } >> ${seen}; fi
  shift
done
exec sh -c "$1"
`,
      { mode: 0o755 },
    );
    const key = '-----BEGIN OPENSSH PRIVATE KEY-----\nc2VjcmV0\n-----END OPENSSH PRIVATE KEY-----';
    stage.world.secrets.createSecret({ Name: 'key', SecretString: key });
    const url = `ssh://git@example.com${repository.path}`;
    const credentials = { secret: 'key', knownHosts: 'example.com ssh-ed25519 AAAA' };
    stage.configure({ repositories: { site: { url, branch: 'main', credentials } } });
    stage.record(site(repository.commit({ a: '1' })));
    const ended = await stage.begin(['deploy', '--auto', '--settings', stage.settingsFile], {
      PATH: `${bin}:${process.env.PATH}`,
    }).ended;
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 0, stderr: '' });
    const notes = readFileSync(seen, 'utf8');
    expect(notes).toContain('StrictHostKeyChecking=yes');
    expect(notes).toContain(`UserKnownHostsFile=${keysFolder}/holdfast-keys-`);
    expect(notes).toContain(`600\n${key}\n`);
    const file = /-i (\S+)/.exec(notes)?.[1] ?? '';
    expect(existsSync(file)).toBe(false);
    expectNoSecret(ended, 'c2VjcmV0');
  });
});
