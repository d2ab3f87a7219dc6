import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Provision } from '../../config/provision.ts';
import { HoldfastError } from '../../release/errors.ts';
import { type Ran, run } from '../host/run.ts';
import { ansibleArguments, ansibleComplaint, ansibleEnvironment } from './ansible.ts';
import { saltArguments, saltComplaint } from './salt.ts';

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

/** The tools that have a program of their own, and the service that their package starts though nothing needs it. */
export const programs = {
  salt: { program: 'salt-call', needless: 'salt-minion.service' },
  ansible: { program: 'ansible-playbook', needless: undefined },
} as const;

/** Applies a tree with Salt or Ansible; a state or task that fails is ProvisionFailed and named. */
export async function applyTree(
  job: Job,
  provision: Exclude<Provision, { tool: 'commands' }>,
): Promise<void> {
  const isSalt = provision.tool === 'salt';
  const args = isSalt ? saltArguments(job, provision) : ansibleArguments(job, provision);
  const ran = await run(programs[provision.tool].program, args, {
    cwd: job.tree,
    env: { ...process.env, LC_ALL: 'C.UTF-8', ...(isSalt ? {} : ansibleEnvironment(job)) },
    seconds: job.seconds,
    group: true,
    lock: job.lock,
  });
  writeLog(job.log, ran);
  const complaint = isSalt ? saltComplaint(ran) : ansibleComplaint(job, ran);
  if (complaint !== undefined) throw provisionFailed(`${provision.tool} failed: ${complaint}`, job.log);
}

/** Only root reads it: what a state shows may be secret. */
function writeLog(log: string, { stdout, stderr }: Ran): void {
  mkdirSync(dirname(log), { recursive: true, mode: 0o700 });
  rmSync(log, { force: true });
  writeFileSync(log, Buffer.from(`${stdout}\n`, 'latin1'), { mode: 0o600 });
  writeFileSync(log, stderr, { flag: 'a' });
}

/** One sentence on one line. */
export function provisionFailed(sentence: string, log?: string, cause?: unknown): HoldfastError {
  const line = sentence.replace(/\s+/g, ' ').trim().slice(0, 600);
  return new HoldfastError('ProvisionFailed', log === undefined ? line : `${line}; read ${log}`, { cause });
}
