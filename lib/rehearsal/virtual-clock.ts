import type { Clock } from '../local-aws/clock.ts';

interface Timer {
  at: number;
  /** Breaks ties: timers of one instant fire in the order in which they were set. */
  order: number;
  then: () => void;
  cancelled: boolean;
}

/** Lets everything that waits on promises run. Captured, so that replaced globals do not matter. */
const yieldToEventLoop = setImmediate;

/** Time that passes only when it is told to, and jumps from one timer to the next: an idle hour costs nothing. */
export class VirtualClock implements Clock {
  #now: number;
  #order = 0;
  readonly #heap: Timer[] = [];

  constructor(start: number = Date.UTC(2026, 0, 1)) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, then: () => void): () => void {
    const at = this.#now + Math.max(0, milliseconds);
    const timer = { at, order: this.#order++, then, cancelled: false };
    push(this.#heap, timer);
    return () => {
      timer.cancelled = true;
    };
  }

  /** Time of the next timer, or undefined when nothing will ever happen again. */
  next(): number | undefined {
    while (this.#heap[0]?.cancelled) pop(this.#heap);
    return this.#heap[0]?.at;
  }

  /** Lets `milliseconds` pass. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    await settle();
    while ((this.next() ?? Number.POSITIVE_INFINITY) <= end) await this.#step();
    this.#now = end;
  }

  /** Lets time pass until `promise` settles, at most `limitMilliseconds`. */
  async until<T>(promise: Promise<T>, limitMilliseconds: number = 24 * 3_600_000): Promise<T> {
    let settled = false;
    const done = () => {
      settled = true;
    };
    promise.then(done, done);
    const end = this.#now + limitMilliseconds;
    await settle();
    while (!settled) {
      const next = this.next();
      if (next === undefined) throw new Error('virtual time stands still: nothing is left to happen');
      if (next > end) throw new Error(`not settled within ${limitMilliseconds} ms of virtual time`);
      await this.#step();
    }
    return promise;
  }

  async #step(): Promise<void> {
    const timer = pop(this.#heap);
    if (!timer || timer.cancelled) return;
    this.#now = timer.at;
    timer.then();
    await settle();
  }
}

function settle(): Promise<void> {
  return new Promise((resolve) => {
    yieldToEventLoop(resolve);
  });
}

function earlier(a: Timer, b: Timer): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

function push(heap: Timer[], timer: Timer): void {
  let index = heap.push(timer) - 1;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    const above = heap[parent] as Timer;
    if (!earlier(timer, above)) break;
    heap[index] = above;
    index = parent;
  }
  heap[index] = timer;
}

function pop(heap: Timer[]): Timer | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (first && last && heap.length > 0) sink(heap, last);
  return first;
}

function sink(heap: Timer[], timer: Timer): void {
  let index = 0;
  for (;;) {
    const child = smallerChild(heap, index);
    if (child === undefined || !earlier(heap[child] as Timer, timer)) break;
    heap[index] = heap[child] as Timer;
    index = child;
  }
  heap[index] = timer;
}

function smallerChild(heap: Timer[], index: number): number | undefined {
  const left = 2 * index + 1;
  const right = left + 1;
  if (left >= heap.length) return undefined;
  return right < heap.length && earlier(heap[right] as Timer, heap[left] as Timer) ? right : left;
}
