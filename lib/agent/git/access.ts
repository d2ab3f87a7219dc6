import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Secrets } from '../../aws/secrets.ts';
import type { GitRepository } from '../../config/repository.ts';

/** How git authenticates. The secret is in no argument and in no variable. */
export interface Access {
  /** Options before the command. */
  arguments: readonly string[];
  environment: NodeJS.ProcessEnv;
  /** Text that git's credential helper reads from descriptor 3, for each command again. */
  secret?: string;
}

/** A public repository needs no secret. SSH uses the machine's own keys and known hosts, and never asks. */
function anonymousAccess(url: string): Access {
  return { arguments: protocolArguments(url), environment: { GIT_SSH_COMMAND: sshCommand([]) } };
}

/** HTTP for urls of HTTP alone: a host of HTTPS that redirects to HTTP would let whoever is on the way choose the commit. */
function protocolArguments(url: string): string[] {
  return new URL(url).protocol === 'http:' ? ['-c', 'protocol.http.allow=always'] : [];
}

/**
 * Temporary key files, in memory if there is such a file system. `forget` removes them, and nothing that another user
 * made under their name where everybody may make folders.
 */
export class Keys {
  readonly #prefix: string;
  readonly #folder: string;

  constructor(root: string, folder = makeMemoryFolder()) {
    this.#folder = folder;
    this.#prefix = `holdfast-keys-${createHash('sha256').update(root).digest('hex').slice(0, 16)}-`;
  }

  /** Writes files that only this user can read into a new folder, and returns their paths. */
  write(files: Record<string, string>): Record<string, string> {
    const folder = mkdtempSync(join(this.#folder, this.#prefix));
    const paths = Object.keys(files).map((name) => [name, join(folder, name)] as const);
    for (const [name, path] of paths) writeFileSync(path, files[name] ?? '', { mode: 0o600, flag: 'wx' });
    return Object.fromEntries(paths);
  }

  /** Removes all keys of this root, including those of a killed agent. */
  forget(): void {
    for (const name of readdirSync(this.#folder).filter((each) => each.startsWith(this.#prefix))) {
      const path = join(this.#folder, name);
      if (isOwnFolder(path)) rmSync(path, { recursive: true, force: true });
    }
  }
}

/** Nobody but its owner and root can put something else in its place: such folders stand where the sticky bit is set. */
function isOwnFolder(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found?.isDirectory() === true && found.uid === process.getuid?.();
}

/** Of root: where nobody else makes names. */
const rootFolder = '/run/holdfast/keys';

function makeMemoryFolder(): string {
  if (process.getuid?.() === 0 && existsSync('/run')) {
    mkdirSync(rootFolder, { recursive: true, mode: 0o700 });
    return rootFolder;
  }
  for (const folder of ['/dev/shm', '/run']) {
    try {
      const probe = mkdtempSync(join(folder, 'holdfast-probe-'));
      rmSync(probe, { recursive: true });
      return folder;
    } catch {
      // Not there, or not for this user.
    }
  }
  mkdirSync(tmpdir(), { recursive: true });
  return tmpdir();
}

/** Access to a repository. Reads its secret if it has one. */
export async function accessTo(
  { url, credentials }: GitRepository,
  secrets: () => Promise<Secrets>,
  keys: () => Keys,
): Promise<Access> {
  if (!credentials) return anonymousAccess(url);
  const value = await (await secrets()).get(credentials.secret);
  if (new URL(url).protocol === 'ssh:') return keyAccess(value, credentials.knownHosts, keys());
  return tokenAccess(url, credentials.username ?? 'x-access-token', value.trim());
}

/** Answers for this url's host only: a redirect to another host gets nothing. */
function tokenAccess(url: string, username: string, token: string): Access {
  const { origin } = new URL(url);
  const helper = '!f() { test "$1" != get || cat <&3; }; f';
  return {
    arguments: [...protocolArguments(url), '-c', `credential.${origin}.helper=${helper}`],
    environment: {},
    secret: `username=${username}\npassword=${token}\n`,
  };
}

function keyAccess(key: string, knownHosts: string | undefined, keys: Keys): Access {
  const files: Record<string, string> = { key: `${key.trim()}\n` };
  if (knownHosts !== undefined) files.hosts = `${knownHosts.trim()}\n`;
  const paths = keys.write(files);
  const options = [
    '-F /dev/null',
    `-i ${quotePath(paths.key)}`,
    '-o IdentitiesOnly=yes',
    '-o IdentityAgent=none',
    ...(paths.hosts ? [`-o UserKnownHostsFile=${quotePath(paths.hosts)}`] : []),
  ];
  return { arguments: [], environment: { GIT_SSH_COMMAND: sshCommand(options) } };
}

function sshCommand(options: readonly string[]): string {
  const all = [
    '-o BatchMode=yes',
    '-o StrictHostKeyChecking=yes',
    '-o ConnectTimeout=15',
    '-o ServerAliveInterval=15',
    ...options,
  ];
  return `ssh ${all.join(' ')}`;
}

/** Git passes the command to a shell. */
function quotePath(path: string | undefined): string {
  return `'${(path ?? '').replaceAll("'", `'\\''`)}'`;
}
