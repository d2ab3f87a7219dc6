import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answerWithCgi } from './cgi.ts';
import { git } from './git.ts';

/** A git host on loopback: read-only smart HTTP through git's own `git http-backend`. */
export interface GitServer {
  /** While it is away, connections break. */
  isAway: boolean;
  /** Serves a repository on this machine, with a working tree or bare, and returns its clone url. */
  serve(name: string, path: string): Promise<string>;
  close(): Promise<void>;
}

/** Settings of public hosts: partial clones, and fetches of any commit by its hash. */
const hostSettings = {
  'uploadpack.allowFilter': 'true',
  'uploadpack.allowAnySHA1InWant': 'true',
  'http.receivepack': 'false',
  'safe.directory': '*',
};

export async function startGitServer(address = '127.0.0.1'): Promise<GitServer> {
  const backend = join(await git(['--exec-path']), 'git-http-backend');
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-git-'));
  const environment = backendEnvironment(folder);
  const server = createServer((request, response) => {
    if (self.isAway) {
      request.socket.destroy();
      return;
    }
    answerWithCgi(backend, environment, request, response).catch(() => response.destroy());
  });
  server.listen(0, address);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const self: GitServer = {
    isAway: false,
    async serve(name, path) {
      symlinkSync(
        await git(['rev-parse', '--path-format=absolute', '--git-common-dir'], path),
        join(folder, `${name}.git`),
      );
      return `http://${address}:${port}/${name}.git`;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return self;
}

function backendEnvironment(folder: string): NodeJS.ProcessEnv {
  const settings = Object.entries(hostSettings);
  const pairs = settings.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return {
    PATH: process.env.PATH,
    GIT_PROJECT_ROOT: folder,
    GIT_HTTP_EXPORT_ALL: '1',
    GIT_CONFIG_COUNT: String(settings.length),
    ...Object.fromEntries(pairs),
  };
}
