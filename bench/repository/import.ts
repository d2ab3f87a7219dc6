import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Feeds a stream to `git fast-import`. */
export async function fastImport(path: string, stream: Iterable<string | Buffer>): Promise<void> {
  const child = spawn('git', ['fast-import', '--quiet'], { cwd: path, stdio: ['pipe', 'ignore', 'inherit'] });
  const closed = once(child, 'close');
  await pipeline(Readable.from(stream), child.stdin);
  const [code] = await closed;
  if (code !== 0) throw new Error(`git fast-import ended with ${code}`);
}
