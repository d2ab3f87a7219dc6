import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Ansible, Salt } from '../../config/provision.ts';
import { type RunResult, run } from '../host/run.ts';
import { ansible } from './ansible.ts';
import { type Job, type Provisioner, provisionFailed } from './job.ts';
import { salt } from './salt.ts';

/** Settings of the tools that have their own program. */
export type ToolSettings = Salt | Ansible;

/** One row a tool. */
const provisioners: { [Tool in ToolSettings['tool']]: Provisioner<Extract<ToolSettings, { tool: Tool }>> } = {
  salt,
  ansible,
};

/** The tool that the settings name. */
export function provisionerOf(settings: ToolSettings): Provisioner<ToolSettings> {
  return provisioners[settings.tool] as Provisioner<ToolSettings>;
}

/** Applies a tree with the tool of its settings. A failed state or task is ProvisionFailed, with its name. */
export async function applyTree(job: Job, settings: ToolSettings): Promise<void> {
  const provisioner = provisionerOf(settings);
  const ran = await run(provisioner.program, provisioner.arguments(job, settings), {
    cwd: job.tree,
    env: { ...process.env, LC_ALL: 'C.UTF-8', ...provisioner.environment?.(job) },
    seconds: job.seconds,
    group: true,
    lock: job.lock,
  });
  writeLog(job.log, ran);
  const complaint = provisioner.complaint(ran, job);
  if (complaint !== undefined) throw provisionFailed(`${settings.tool} failed: ${complaint}`, job.log);
}

/** Only root may read it: states may show secrets. */
function writeLog(log: string, { stdout, stderr }: RunResult): void {
  mkdirSync(dirname(log), { recursive: true, mode: 0o700 });
  rmSync(log, { force: true });
  writeFileSync(log, Buffer.from(`${stdout}\n`, 'latin1'), { mode: 0o600 });
  writeFileSync(log, stderr, { flag: 'a' });
}
