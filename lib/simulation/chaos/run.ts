import { Worker } from 'node:worker_threads';
import { Counter } from './counter.ts';
import { injectedKinds } from './injected.ts';
import type { Failure, Trial } from './try-seed.ts';

/** The share of one worker: every `step`th seed from the first to the last. */
export interface Share {
  assembly: string;
  first: number;
  last: number;
  step: number;
}

export interface RunOptions {
  assembly: string;
  /** Seed of the first schedule. Each schedule has the next one. */
  seed: number;
  schedules: number;
  workers: number;
  /** Called for each schedule that broke an invariant, and regularly with the number of finished ones. */
  failed(failure: Failure): void;
  reached(schedules: number): void;
}

/** Result of a run. */
export interface RunResult {
  injected: Readonly<Record<string, number>>;
  schedules: number;
  violations: number;
  seconds: number;
}

const tellEvery = 1000;

/** Runs schedules in several workers. */
export async function run(options: RunOptions): Promise<RunResult> {
  const began = performance.now();
  const injected = new Counter(injectedKinds);
  let schedules = 0;
  let violations = 0;
  const took = (trial: Trial) => {
    injected.addAll(trial.injected);
    schedules += 1;
    if (trial.failure) {
      violations += 1;
      options.failed(trial.failure);
    }
    if (schedules % tellEvery === 0) options.reached(schedules);
  };
  await Promise.all(shares(options).map((share) => work(share, took)));
  return { injected: injected.counts, schedules, violations, seconds: (performance.now() - began) / 1000 };
}

function shares({ assembly, seed, schedules, workers }: RunOptions): Share[] {
  return Array.from({ length: Math.min(workers, schedules) }, (_, index) => ({
    assembly,
    first: seed + index,
    last: seed + schedules - 1,
    step: workers,
  }));
}

function work(share: Share, took: (trial: Trial) => void): Promise<void> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: share });
  return new Promise((resolve, reject) => {
    worker.on('message', took);
    worker.on('error', reject);
    worker.on('exit', () => resolve());
  });
}
