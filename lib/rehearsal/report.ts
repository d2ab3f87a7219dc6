import type { TimedStep } from '../local-aws/states-language/steps.ts';
import type { Counts } from './load/load.ts';

/** One deployment of a rehearsal. */
export interface DeploymentReport {
  /** Commit of the primary repository. */
  commit: string;
  result: 'deployed' | 'refused';
  /** Name and cause of a refusal. */
  error?: string;
  steps: TimedStep[];
  /** Counted by the client, from the first 200 of the first deployment on. */
  requests: Counts;
}

/** Content of the file of `--report`. */
export interface RehearsalReport {
  deployments: DeploymentReport[];
  /** Instances in service at the end. */
  instances: { id: string; colour: string; commit: string }[];
}
