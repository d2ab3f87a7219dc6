import { HoldfastError } from '../../release/errors.ts';
import type { RunResult } from '../host/run.ts';

/** One application of a configuration tree to this machine. */
export interface Job {
  /** Folder of the configuration's release. */
  tree: string;
  role: string;
  /** Role, then instance id. */
  minionId: string;
  /** Folder for what is thrown away; there, and empty. */
  work: string;
  /** File that gets the tool's output. */
  log: string;
  seconds: number;
  /** Descriptor of the machine's lock. */
  lock: number;
}

/** A tool that brings this machine into its role by what a tree of configuration says. */
export interface Provisioner<Settings> {
  /** Its program on the PATH. */
  program: string;
  /** Service that its package starts though nothing here needs it. */
  needlessService?: string;
  /** Arguments that apply the tree to this machine alone. */
  arguments(job: Job, settings: Settings): string[];
  /** What its environment holds besides the agent's. */
  environment?(job: Job): NodeJS.ProcessEnv;
  /** What went wrong, in one sentence; undefined when all is as wanted. */
  complaint(ran: RunResult, job: Job): string | undefined;
}

/** One sentence on one line. */
export function provisionFailed(sentence: string, log?: string, cause?: unknown): HoldfastError {
  const line = sentence.replace(/\s+/g, ' ').trim().slice(0, 600);
  return new HoldfastError('ProvisionFailed', log === undefined ? line : `${line}; read ${log}`, { cause });
}
