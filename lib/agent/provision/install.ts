import { createHash } from 'node:crypto';
import { accessSync, constants, createWriteStream } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Install } from '../../config/provision.ts';
import { messageOf } from '../../release/errors.ts';
import { growingPauses } from '../../waiting/pauses.ts';
import { poll } from '../../waiting/poll.ts';
import { lastLine, type RunOptions, type RunResult, run } from '../host/run.ts';
import { type Job, provisionFailed } from './job.ts';

/** Whether a program is on the PATH. */
export function isOnPath(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Installs the packages of a program. Packages by url are all checked before the first is installed. */
export async function installProgram(program: string, install: Install | undefined, job: Job): Promise<void> {
  if (!install)
    throw provisionFailed(
      `found no ${program} on this machine; bake it into the image, or say under provision.install where it comes from`,
    );
  const packages =
    'urls' in install
      ? await Promise.all(install.urls.map((each, index) => download(each, index, job)))
      : install.packages;
  const ran = await installPackages(packages, job.seconds);
  if (ran.code !== 0)
    throw provisionFailed(
      `${packages.map((each) => basename(each)).join(', ')} could not be installed: ${lastLine(ran.stderr)}`,
    );
  if (!isOnPath(program))
    throw provisionFailed(`the packages under provision.install hold no ${program}; name the one that does`);
}

async function download(
  { url, sha256 }: { url: string; sha256: string },
  index: number,
  job: Job,
): Promise<string> {
  const file = join(job.work, `${index}-${basename(new URL(url).pathname)}`);
  const hash = createHash('sha256');
  try {
    const { ok, status, body } = await fetch(url, { signal: AbortSignal.timeout(job.seconds * 1000) });
    if (!ok || !body) throw new Error(`status ${status}`);
    const bytes = Readable.fromWeb(body).on('data', (chunk: Buffer) => hash.update(chunk));
    await pipeline(bytes, createWriteStream(file, { mode: 0o600 }));
  } catch (cause) {
    throw provisionFailed(`package ${url}: could not be fetched (${messageOf(cause)})`, undefined, cause);
  }
  const found = hash.digest('hex');
  if (found === sha256) return file;
  throw provisionFailed(`package ${url}: found sha256 ${found}, expected ${sha256}; it was not installed`);
}

/** Package lists of an image may be old or missing, so a failed first try fetches them. */
async function installPackages(packages: readonly string[], seconds: number): Promise<RunResult> {
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, seconds, group: true };
  if (!isOnPath('apt-get'))
    return await run('dnf', ['install', '--assumeyes', '--quiet', ...packages], options);
  const wait = '-oDPkg::Lock::Timeout=300';
  const install = [wait, '--yes', '--quiet', '--no-install-recommends', 'install', ...packages];
  const first = await run('apt-get', install, options);
  if (first.code === 0) return first;
  return (await updateLists(options)) ? await run('apt-get', install, options) : first;
}

/** The distribution's own updates may hold the lock of the lists, for which apt has no time limit. */
async function updateLists(options: RunOptions): Promise<boolean> {
  const pauses = growingPauses({ seconds: Math.min(options.seconds, 300), first: 500, most: 5_000 });
  const updated = await poll(async () => {
    const { code, stderr } = await run('apt-get', ['--quiet', 'update'], options);
    return code === 0 || !stderr.includes('lock') ? { code } : undefined;
  }, pauses);
  return updated?.code === 0;
}
