import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { messageOf } from '../../release/errors.ts';
import { formatOf } from '../format.ts';
import { firstLine, run } from '../run.ts';

/** First bytes of what zstd packed. */
const magic = Buffer.from('28b52ffd', 'hex');
const mostSeconds = 1800;

/** How a decompression is ended early, and what holds the machine's lock meanwhile. */
export interface Decompression {
  stop: AbortSignal;
  lock?: number | undefined;
}

/** Undoes zstd, by its program or else by Node; gives its complaint, or undefined. */
export async function decompress(
  packed: AsyncIterable<Buffer>,
  take: (chunk: Buffer) => void,
  { stop, lock }: Decompression,
): Promise<string | undefined> {
  const { program, decode } = formatOf(magic);
  if (decode) return await inNode(pipeline(packed, decode(), sinkOf(take), { signal: stop }));
  const [name = '', ...args] = (program ?? '').split(' ');
  const ran = await run(name, args, {
    env: { PATH: process.env.PATH },
    seconds: mostSeconds,
    feed: (stdin) => pipeline(packed, stdin, { signal: stop }).catch(() => undefined),
    onOutput: take,
    stop,
    ...(lock === undefined ? {} : { lock }),
  });
  return ran.code === 0 ? undefined : firstLine(ran.stderr) || `exit code ${ran.code}`;
}

function inNode(work: Promise<void>): Promise<string | undefined> {
  return work.then(
    () => undefined,
    (error: unknown) => messageOf(error),
  );
}

function sinkOf(take: (chunk: Buffer) => void): Writable {
  return new Writable({
    write(chunk: Buffer, _, done) {
      take(chunk);
      done();
    },
  });
}
