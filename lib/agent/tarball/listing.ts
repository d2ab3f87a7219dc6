import type { Writable } from 'node:stream';
import { Lines } from '../host/lines.ts';
import { firstLine, type RunOptions, type RunResult, run } from '../host/run.ts';
import type { TarballFormat } from './compression.ts';
import { limits, type MemberCheck } from './member-check.ts';
import { listingOptions, parseMember } from './members.ts';

/** Time limit of listing or unpacking. Seconds. */
const tarSeconds = 1800;

/** GNU tar reads 10 KiB at a time. Past the limit it ends itself, however small the file was. */
const records = Math.ceil(limits.bytes / 10_240);
const stopAtLimit = [`--checkpoint=${records}`, '--checkpoint-action=exec=kill $PPID'];

/** Environment of tar. Its own option variables are left out: they could change what it does. */
const tarEnvironment = () => ({ PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' });

/**
 * Runs GNU tar behind the decompressor on a tarball from stdin. Both must succeed. Modes of members are taken as they
 * are: the umask takes nothing away.
 */
export async function tar(
  { program }: TarballFormat,
  args: readonly string[],
  options: Pick<RunOptions, 'feed' | 'input' | 'onOutput' | 'lock'>,
): Promise<RunResult> {
  const whole = { ...options, env: tarEnvironment(), seconds: tarSeconds };
  const all = [...args, '--file=-'];
  const line = program === undefined ? 'exec tar "$@"' : `set -o pipefail; ${program} | tar "$@"`;
  // Node's pipes are sockets. With a socket as input, bash believes it is a remote shell and reads ~/.bashrc.
  return await run('bash', ['--norc', '-c', `umask 0; ${line}`, 'tar', ...all], whole);
}

/**
 * Lists a tarball that `feed` writes and passes every member to the check. Returns the problem of the tarball, or
 * undefined. Throws if its time is over, which says nothing about the tarball.
 */
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
  if (ran.code === 124) throw new Error(ran.stderr);
  return ran.code === 0
    ? undefined
    : `it is damaged or too large (${firstLine(ran.stderr) || 'tar was ended'})`;
}
