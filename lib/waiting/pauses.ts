/** Pauses between two attempts. Milliseconds, unless it says seconds. */
export interface PauseOptions {
  /** How long attempts go on. */
  seconds: number;
  first: number;
  /** No pause is longer. */
  most: number;
  /** How much longer each is than the one before. Default: twice. */
  factor?: number;
  /** Whether each is shortened at random, so that many who wait do not ask at once. Default: no. */
  jitter?: boolean;
  /** Milliseconds since any moment. Default: this process's clock. */
  now?: () => number;
}

/** Pauses that grow until the time is over; the last one ends with it. The time begins when the first is asked for. */
export function* growingPauses({
  seconds,
  first,
  most,
  factor = 2,
  jitter = false,
  now = () => performance.now(),
}: PauseOptions): Generator<number> {
  const deadline = now() + seconds * 1000;
  for (let pause = first; ; pause = Math.min(pause * factor, most)) {
    const left = deadline - now();
    if (left <= 0) return;
    yield Math.min(jitter ? pause * (0.5 + Math.random() / 2) : pause, left);
  }
}
