import { mkdirSync, readlinkSync } from 'node:fs';
import { tarEnvironment, tarSeconds } from './listing.ts';
import { lastLine, run } from './run.ts';
import { type Download, invalidTarball } from './tarball.ts';

/**
 * Unpacks a tarball over a tree. Its digest and members were checked; how they fit this tree is checked here, before
 * the first member is written. Owners become the agent's user, set-user-id and its like are dropped, directories
 * that are there keep their mode.
 */
export async function unpack(what: string, tarball: Download, tree: string, lock?: number): Promise<void> {
  mkdirSync(tree, { recursive: true });
  const problem = tarball.check.finish((path) => readLink(tree, path));
  if (problem) throw invalidTarball(what, problem);
  const args = [
    ...tarball.format.options,
    '--extract',
    '--force-local',
    '--no-same-owner',
    '--no-same-permissions',
    '--no-overwrite-dir',
    `--directory=${tree}`,
    `--file=${tarball.file}`,
  ];
  // Without a mask the members' own modes apply; the special bits stay off.
  const ran = await run('sh', ['-c', 'umask 0; exec tar "$@"', 'tar', ...args], {
    env: tarEnvironment(),
    seconds: tarSeconds,
    ...(lock === undefined ? {} : { lock }),
  });
  if (ran.code !== 0) throw invalidTarball(what, `it does not unpack (${lastLine(ran.stderr)})`);
}

function readLink(tree: string, path: string): string | undefined {
  try {
    const full = Buffer.concat([Buffer.from(`${tree}/`), Buffer.from(path, 'latin1')]);
    return readlinkSync(full, 'latin1');
  } catch {
    return undefined;
  }
}
