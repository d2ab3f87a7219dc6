/** One worker of a run: carries out its share of the seeds and tells what came of them. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Share } from './run.ts';
import { trySeed } from './try-seed.ts';

// The interpreter of the states language throws and catches to construct itself: traces cost a third of the time.
Error.stackTraceLimit = 0;

const { first, last, step, assembly } = workerData as Share;
for (let seed = first; seed <= last; seed += step) parentPort?.postMessage(await trySeed(seed, { assembly }));
