import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git } from '../../lib/rehearsal/git/git.ts';
import { change, history } from './history.ts';
import { fastImport } from './import.ts';
import type { Shape } from './shape.ts';

/** Changes when the generator writes other repositories than before. */
const generatorVersion = 4;

/** Path of the bare repository of this shape, made once and then kept in the temporary folder. */
export async function repository(shape: Shape): Promise<string> {
  const key = createHash('sha256')
    .update(JSON.stringify([generatorVersion, shape]))
    .digest('hex')
    .slice(0, 12);
  const path = join(tmpdir(), `holdfast-bench-${key}.git`);
  if (existsSync(path)) return path;
  const work = mkdtempSync(`${path}-`);
  try {
    renameSync(await generate(work, shape), path);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return path;
}

async function generate(work: string, shape: Shape): Promise<string> {
  const host = join(work, 'host.git');
  await git(['init', '--quiet', '--bare', '--initial-branch', 'main', host]);
  await fastImport(host, history(shape));
  // As a git host keeps it: one pack, with a bitmap.
  await git(['repack', '-adbfq'], host);
  if (shape.changes) await push(work, host, shape, shape.changes);
  return host;
}

/** Changes come to a host as pushes do: each as a pack of its own, whose deltas name what the host has. */
async function push(work: string, host: string, shape: Shape, counts: readonly number[]): Promise<void> {
  const developer = join(work, 'developer.git');
  const main = await git(['rev-parse', 'main'], host);
  await git(['clone', '--quiet', '--bare', '--shared', host, developer]);
  const receive = '--receive-pack=git -c receive.unpackLimit=1 receive-pack';
  for (const count of counts) {
    await fastImport(developer, change(count, main, shape));
    // With the host's bitmap git would look for no deltas.
    await git(
      ['-c', 'pack.useBitmaps=false', 'push', '--quiet', receive, host, `changed-${count}`],
      developer,
    );
  }
}
