import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { HoldfastError, messageOf } from '../../release/errors.ts';
import { lastLine, run } from '../host/run.ts';
import { type Entry, fields, parseEntry } from './entry.ts';

/** Longest entry that is read: each byte of a binary message may take four. Bytes. */
const longestEntry = 4 * 1024 * 1024;
const mostComplaint = 4096;
const newline = '\n'.charCodeAt(0);
const syncSeconds = 5;

/**
 * Reads the journal after a cursor, or all of this boot without one, only as fast as the consumer asks. If the
 * cursor's entry is gone, it resumes at the next one.
 */
export async function* readJournal(after: string | undefined, stop: AbortSignal): AsyncGenerator<Entry> {
  const from = after === undefined ? ['--boot'] : ['--after-cursor', after];
  const form = ['--output', 'json', '--output-fields', fields.join(','), '--all'];
  const child = spawn('journalctl', ['--quiet', '--no-pager', ...form, ...from], {
    env: process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close').catch((error: unknown) => [messageOf(error)]);
  const end = () => child.kill('SIGKILL');
  stop.addEventListener('abort', end);
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-mostComplaint);
  });
  try {
    for await (const line of linesOf(child.stdout)) {
      const entry = parseEntry(line);
      if (entry) yield entry;
    }
    const [code] = await ended;
    if (code !== 0 && !stop.aborted)
      throw new HoldfastError('BootstrapFailed', `journalctl ended with ${code}: ${lastLine(complaint)}`);
  } finally {
    stop.removeEventListener('abort', end);
    end();
  }
}

/** Makes journald write everything it has received, including the lines of this process. */
export async function syncJournal(): Promise<void> {
  await run('journalctl', ['--sync'], { env: process.env, seconds: syncSeconds });
}

/** The lines of a stream, without those that are too long for memory. */
async function* linesOf(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let parts: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      bytes += end - start;
      if (bytes <= longestEntry) yield Buffer.concat([...parts, chunk.subarray(start, end)]).toString();
      [parts, bytes, start] = [[], 0, end + 1];
    }
    bytes += chunk.length - start;
    parts = bytes <= longestEntry ? [...parts, chunk.subarray(start)] : [];
  }
}
