import type { GitServer } from '../lib/rehearsal/git/server.ts';
import type { Place } from './place.ts';
import type { Result } from './result.ts';
import type { Store } from './store.ts';

/** Inputs of every measure. */
export interface Bench {
  place: Place;
  /** Rounds that count. */
  pairs: number;
  server: GitServer;
  store: Store;
  /** Path of the agent's bundle. */
  agent: string;
}

/** Compares ways to do one job. */
export type Measure = (bench: Bench) => Promise<Result>;
