import type { LogEvent } from '../../aws/logs.ts';

/** Limits of one call. CloudWatch Logs takes 1 MiB; a quarter ships as fast with 40 MB less memory. */
const mostEvents = 10_000;
const mostBytes = 256 * 1024;
const mostMilliseconds = 24 * 3_600_000;
/** Bytes that CloudWatch counts for an event besides its message. */
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

  /** Adds an event if there is room. An empty batch has room for any event. */
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

  /** The events ordered by time: after the clock was set back they arrive in another order. */
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
  // Drops a character that was cut in the middle.
  return start.toString().replace(/\ufffd+$/, '') + cut;
}
