/** One worker of a run. It runs its share of the seeds and reports the results. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Share } from './run.ts';
import { trySeed } from './try-seed.ts';

// The interpreter throws and catches while it constructs itself; stack traces cost a third of the time.
Error.stackTraceLimit = 0;

const { first, last, step, assembly } = workerData as Share;
for (let seed = first; seed <= last; seed += step) parentPort?.postMessage(await trySeed(seed, { assembly }));
