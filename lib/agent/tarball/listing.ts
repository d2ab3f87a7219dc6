import type { Writable } from 'node:stream';
import { Lines } from '../host/lines.ts';
import { firstLine, type RunOptions, type RunResult, run } from '../host/run.ts';
import type { TarballFormat } from './compression.ts';
import { limits, type MemberCheck } from './member-check.ts';
import { listingOptions, parseMember } from './members.ts';

/** Longest that listing or unpacking may take. */
const tarSeconds = 1800;

/** GNU tar reads 10 KiB at a time; past the limit it ends itself, however small the file was. */
const records = Math.ceil(limits.bytes / 10_240);
const stopAtLimit = [`--checkpoint=${records}`, '--checkpoint-action=exec=kill $PPID'];

/** What tar sees of the environment: options of its own from there could change what it does. */
const tarEnvironment = () => ({ PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' });

/** Runs GNU tar on a tarball that is fed to it, behind the program that undoes its compression. Both must succeed. */
export async function tar(
  { program }: TarballFormat,
  args: readonly string[],
  options: Pick<RunOptions, 'feed' | 'input' | 'onOutput' | 'lock'>,
): Promise<RunResult> {
  const whole = { ...options, env: tarEnvironment(), seconds: tarSeconds };
  const all = [...args, '--file=-'];
  if (program === undefined) return await run('tar', all, whole);
  // Node's pipes are sockets. Bash with a socket for its input takes itself for a remote shell, and reads ~/.bashrc.
  return await run('bash', ['--norc', '-c', `set -o pipefail; ${program} | tar "$@"`, 'tar', ...all], whole);
}

/** Lists a tarball that `feed` writes; every member goes to the check. Gives what is wrong with the tarball, or undefined. */
export async function list(
  format: TarballFormat,
  check: MemberCheck,
  feed: (stdin: Writable) => Promise<void>,
  lock?: number,
): Promise<string | undefined> {
  const lines = new Lines((line) => {
    const member = parseMember(line);
    if (member) check.add(member);
    else check.complain(`a member cannot be read (${line.slice(0, 200)})`);
  });
  const ran = await tar(format, [...listingOptions, ...stopAtLimit], {
    feed,
    onOutput: (chunk) => lines.add(chunk),
    ...(lock === undefined ? {} : { lock }),
  });
  if (check.complaint) return check.complaint;
  return ran.code === 0
    ? undefined
    : `it is damaged or too large (${firstLine(ran.stderr) || 'tar was ended'})`;
}
