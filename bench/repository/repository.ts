import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { git } from '../../lib/rehearsal/git/git.ts';
import { history } from './history.ts';
import type { Shape } from './shape.ts';

/** Changes when the generator writes other repositories than before. */
const generatorVersion = 1;

/** Path of the bare repository of this shape, made once and then kept in the temporary folder. */
export async function repository(shape: Shape): Promise<string> {
  const key = createHash('sha256')
    .update(JSON.stringify([generatorVersion, shape]))
    .digest('hex')
    .slice(0, 12);
  const path = join(tmpdir(), `holdfast-bench-${key}.git`);
  if (existsSync(path)) return path;
  const half = mkdtempSync(`${path}-`);
  try {
    await generate(half, shape);
    renameSync(half, path);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    throw error;
  }
  return path;
}

async function generate(path: string, shape: Shape): Promise<void> {
  await git(['init', '--quiet', '--bare', '--initial-branch', 'main', path]);
  const child = spawn('git', ['fast-import', '--quiet'], { cwd: path, stdio: ['pipe', 'ignore', 'inherit'] });
  const closed = once(child, 'close');
  await pipeline(Readable.from(history(shape)), child.stdin);
  const [code] = await closed;
  if (code !== 0) throw new Error(`git fast-import ended with ${code}`);
  // As a git host keeps it: one pack, with a bitmap.
  await git(['repack', '-adbfq'], path);
}
