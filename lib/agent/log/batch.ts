import type { LogEvent } from '../../aws/logs.ts';

/** Most of one call. CloudWatch Logs takes 1 MiB; a quarter of it is shipped as fast, with 40 MB less memory. */
const mostEvents = 10_000;
const mostBytes = 256 * 1024;
const mostMilliseconds = 24 * 3_600_000;
/** What an event counts besides its message. Bytes. */
const overhead = 26;

/** Longest message that is shipped whole. Bytes. */
export const longestMessage = mostBytes - overhead;
const cut = ' ... (cut)';

/** Events for one call. */
export class Batch {
  readonly #events: LogEvent[] = [];
  #bytes = 0;
  #oldest = Number.POSITIVE_INFINITY;
  #newest = Number.NEGATIVE_INFINITY;

  /** Takes an event, when the call has room for it. An empty batch has room for every one. */
  add({ timestamp, message: whole }: LogEvent): boolean {
    const message = shorten(whole);
    const bytes = this.#bytes + Buffer.byteLength(message) + overhead;
    const [oldest, newest] = [Math.min(this.#oldest, timestamp), Math.max(this.#newest, timestamp)];
    const isTooMuch =
      this.#events.length === mostEvents || bytes > mostBytes || newest - oldest > mostMilliseconds;
    if (isTooMuch) return false;
    this.#events.push({ timestamp, message });
    [this.#bytes, this.#oldest, this.#newest] = [bytes, oldest, newest];
    return true;
  }

  /** The events in the order of their times: a clock that is set back puts them into another one. */
  get events(): LogEvent[] {
    return this.#events.toSorted((a, b) => a.timestamp - b.timestamp);
  }

  get isEmpty(): boolean {
    return this.#events.length === 0;
  }
}

function shorten(message: string): string {
  if (Buffer.byteLength(message) <= longestMessage) return message;
  const start = Buffer.from(message).subarray(0, longestMessage - cut.length);
  // What was cut in the middle of a character is none.
  return start.toString().replace(/\ufffd+$/, '') + cut;
}
