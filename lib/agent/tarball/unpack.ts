import {
  chmodSync,
  closeSync,
  createReadStream,
  mkdirSync,
  mkdtempSync,
  openSync,
  readlinkSync,
  rmSync,
} from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { firstLine, type RunOptions, type RunResult } from '../host/run.ts';
import { diskFull, roomComplaint } from '../host/space.ts';
import type { TarballFormat } from './compression.ts';
import { tar } from './listing.ts';
import { findClash, moveOver } from './merge.ts';
import { type Download, invalidTarball } from './tarball.ts';

/**
 * Unpacks a tarball over a tree. Its digest and members were checked before; their fit with this tree is checked
 * here, before the first member is in the tree. tar writes into a folder of its own, where only links of the tarball
 * exist: what tar follows, and when, does not depend on the commit. Modes are the tarball's, and no set-user-id bit
 * exists at any moment; owners become the agent's user; folders of the tree keep their mode.
 */
export async function unpack(what: string, tarball: Download, tree: string, lock?: number): Promise<void> {
  mkdirSync(tree, { recursive: true });
  const problem = tarball.check.finish((path) => readLink(tree, path));
  if (problem) throw invalidTarball(what, problem);
  const source = mkdtempSync(`${tree}-tarball-`);
  await extract(what, tarball, source, lock);
  for (const folder of tarball.check.implied()) chmodSync(bytesOf(source, folder), 0o755);
  const clash = findClash({ source, tree });
  if (clash) throw invalidTarball(what, clash);
  moveOver({ source, tree });
  rmSync(source, { recursive: true });
}

async function extract(what: string, tarball: Download, folder: string, lock?: number): Promise<void> {
  const { file, format } = tarball;
  const args = ['--extract', '--no-same-owner', '--no-same-permissions', `--directory=${folder}`];
  const ran = await fromFile(file, format, (input) =>
    tar(format, args, { ...input, ...(lock === undefined ? {} : { lock }) }),
  );
  const full = ran.code === 0 ? undefined : roomComplaint(ran.stderr);
  if (full) throw diskFull(`${what}: ${full}`, folder);
  if (ran.code !== 0) throw invalidTarball(what, `it does not unpack (${firstLine(ran.stderr)})`);
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

function readLink(tree: string, path: string): string | undefined {
  try {
    return readlinkSync(bytesOf(tree, path), 'latin1');
  } catch {
    return undefined;
  }
}

/** Names of members are bytes. */
function bytesOf(root: string, path: string): Buffer {
  return Buffer.concat([Buffer.from(`${root}/`), Buffer.from(path, 'latin1')]);
}
