import {
  chmodSync,
  closeSync,
  createReadStream,
  lstatSync,
  mkdirSync,
  openSync,
  readlinkSync,
} from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { firstLine, type RunOptions, type RunResult } from '../host/run.ts';
import { diskFull, roomComplaint } from '../host/space.ts';
import type { TarballFormat } from './compression.ts';
import { tar } from './listing.ts';
import { type Download, invalidTarball } from './tarball.ts';

/**
 * Unpacks a tarball over a tree. Its digest and members were checked before; their fit with this tree is checked
 * here, before the first member is written. Modes are the tarball's, without set-user-id and similar bits; owners
 * become the agent's user; existing directories keep their mode.
 */
export async function unpack(what: string, tarball: Download, tree: string, lock?: number): Promise<void> {
  mkdirSync(tree, { recursive: true });
  const problem = tarball.check.finish((path) => readLink(tree, path));
  if (problem) throw invalidTarball(what, problem);
  const { file, format } = tarball;
  const args = [
    '--extract',
    '--no-same-owner',
    '--same-permissions',
    '--no-overwrite-dir',
    `--directory=${tree}`,
  ];
  const ran = await fromFile(file, format, (input) =>
    tar(format, args, { ...input, ...(lock === undefined ? {} : { lock }) }),
  );
  const full = ran.code === 0 ? undefined : roomComplaint(ran.stderr);
  if (full) throw diskFull(`${what}: ${full}`, tree);
  if (ran.code !== 0) throw invalidTarball(what, `it does not unpack (${firstLine(ran.stderr)})`);
  for (const name of tarball.check.special) makePlain(bytesOf(tree, name));
}

/** tar reads the file itself, unless Node has to decompress it. */
async function fromFile(
  file: string,
  { decode }: TarballFormat,
  work: (input: Pick<RunOptions, 'feed' | 'input'>) => Promise<RunResult>,
): Promise<RunResult> {
  if (decode) return await work({ feed: (stdin) => pipeline(createReadStream(file), decode(), stdin) });
  const input = openSync(file, 'r');
  return await work({ input }).finally(() => closeSync(input));
}

/** Up to here only the agent's user can reach the tree. */
function makePlain(path: Buffer): void {
  const { mode } = lstatSync(path);
  chmodSync(path, mode & 0o777);
}

function readLink(tree: string, path: string): string | undefined {
  try {
    return readlinkSync(bytesOf(tree, path), 'latin1');
  } catch {
    return undefined;
  }
}

/** Names of members are bytes. */
function bytesOf(tree: string, path: string): Buffer {
  return Buffer.concat([Buffer.from(`${tree}/`), Buffer.from(path, 'latin1')]);
}
