import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Bytes that may pass before their buffers are freed. */
const betweenBytes = 16 * 1024 * 1024;

type CollectGarbage = (options: { type: 'minor' }) => void;

/**
 * Frees the buffers of a long stream as it passes. Left alone, V8 lets tens of megabytes of them wait, because their
 * handles are small; a collection of the young ones takes about a millisecond.
 */
export function collectGarbageEvery(): (bytes: number) => void {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as CollectGarbage;
  // Compiled code holds for the flags that it was made with.
  setFlagsFromString('--no-expose-gc');
  let passed = 0;
  return (bytes) => {
    passed += bytes;
    if (passed < betweenBytes) return;
    passed = 0;
    collectGarbage({ type: 'minor' });
  };
}
