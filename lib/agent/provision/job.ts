import { HoldfastError } from '../../release/errors.ts';
import type { RunResult } from '../host/run.ts';

/** One application of a configuration tree to this machine. */
export interface Job {
  /** Folder of the configuration's release. */
  tree: string;
  role: string;
  /** Role, then instance id. */
  minionId: string;
  /** Empty folder for temporary files. */
  work: string;
  /** File for the tool's output. */
  log: string;
  seconds: number;
  /** Descriptor of the machine's lock. */
  lock: number;
}

/** A tool that brings this machine into its role from a tree of configuration. */
export interface Provisioner<Settings> {
  /** Its program on the PATH. */
  program: string;
  /** Service that its package starts without need. */
  needlessService?: string;
  /** Arguments that apply the tree to this machine alone. */
  arguments(job: Job, settings: Settings): string[];
  /** Additional environment variables. */
  environment?(job: Job): NodeJS.ProcessEnv;
  /** The failure in one sentence, or undefined. */
  complaint(ran: RunResult, job: Job): string | undefined;
}

/** The error, in one sentence on one line. */
export function provisionFailed(sentence: string, log?: string, cause?: unknown): HoldfastError {
  const line = sentence.replace(/\s+/g, ' ').trim().slice(0, 600);
  return new HoldfastError('ProvisionFailed', log === undefined ? line : `${line}; read ${log}`, { cause });
}
