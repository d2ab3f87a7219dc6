import type { TimedStep } from '../local-aws/states-language/steps.ts';
import type { Counts } from './load/load.ts';

/** One deployment of a rehearsal. */
export interface DeploymentReport {
  /** Of the primary repository. */
  commit: string;
  result: 'deployed' | 'refused';
  /** Name and cause, when it was refused. */
  error?: string;
  steps: TimedStep[];
  /** Counted at the client, from the first 200 of the first deployment on. */
  requests: Counts;
}

/** What a rehearsal writes to the file of `--report`. */
export interface RehearsalReport {
  deployments: DeploymentReport[];
  /** In service at the end. */
  instances: { id: string; colour: string; commit: string }[];
}
