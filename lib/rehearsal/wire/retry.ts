import type { Clock } from '../clock.ts';
import { AwsError } from '../model/error.ts';

/** Attempts of a call, the first one included. */
const attempts = 10;
/** Pause before the second attempt; it doubles up to the longest. */
const firstMilliseconds = 100;
const longestMilliseconds = 20_000;

const throttling = new Set(['SlowDown', 'RequestLimitExceeded', 'Throttling', 'ThrottlingException']);

/** Repeats what was throttled or failed inside AWS, as the SDK's standard mode does but without its chance. */
export async function retried<T>(clock: Clock, run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (attempt === attempts || !isTransient(error)) throw error;
      const pause = Math.min(longestMilliseconds, firstMilliseconds * 2 ** (attempt - 1));
      await new Promise<void>((resolve) => {
        clock.after(pause, resolve);
      });
    }
  }
}

function isTransient(error: unknown): boolean {
  if (!(error instanceof AwsError)) return false;
  return throttling.has(error.code) || [500, 502, 503, 504].includes(error.status);
}
