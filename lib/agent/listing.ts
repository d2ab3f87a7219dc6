import type { Writable } from 'node:stream';
import type { Format } from './format.ts';
import { Lines } from './lines.ts';
import { limits, type MemberCheck } from './member-check.ts';
import { listingOptions, parseMember } from './members.ts';
import { firstLine, run } from './run.ts';

/** Longest that listing or unpacking may take. */
export const tarSeconds = 1800;

/** GNU tar reads 10 KiB at a time; past the limit it ends itself, however small the file was. */
const records = Math.ceil(limits.bytes / 10_240);
const stopAtLimit = [`--checkpoint=${records}`, '--checkpoint-action=exec=kill $PPID'];

/** What tar sees of the environment: options of its own from there could change what it does. */
export const tarEnvironment = () => ({ PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' });

/** Lists a tarball that `feed` writes; every member goes to the check. Gives what is wrong with the tarball, or undefined. */
export async function list(
  format: Format,
  check: MemberCheck,
  feed: (stdin: Writable) => Promise<void>,
  lock?: number,
): Promise<string | undefined> {
  const lines = new Lines((line) => {
    const member = parseMember(line);
    if (member) check.add(member);
    else check.complain(`a member of it is not understood (${line.slice(0, 200)})`);
  });
  const ran = await run('tar', [...format.options, ...listingOptions, ...stopAtLimit, '--file=-'], {
    env: tarEnvironment(),
    seconds: tarSeconds,
    feed,
    onOutput: (chunk) => lines.add(chunk),
    ...(lock === undefined ? {} : { lock }),
  });
  if (check.complaint) return check.complaint;
  return ran.code === 0
    ? undefined
    : `it is damaged or too large (${firstLine(ran.stderr) || 'tar was ended'})`;
}
