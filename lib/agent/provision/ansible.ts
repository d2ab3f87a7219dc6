import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ansible } from '../../config/provision.ts';
import { lastLine, type RunResult } from '../host/run.ts';
import type { Job, Provisioner } from './job.ts';

const inventoryOf = ({ work }: Job) => join(work, 'inventory');
const resultsOf = ({ work }: Job) => join(work, 'results');

/** Applies a playbook of Ansible to this machine alone. */
export const ansible: Provisioner<Ansible> = {
  program: 'ansible-playbook',
  arguments: ansibleArguments,
  environment: ansibleEnvironment,
  complaint: ansibleComplaint,
};

/** Arguments that limit a playbook to this machine, the only member of its role's group. */
function ansibleArguments(job: Job, { playbook }: Ansible): string[] {
  writeFileSync(inventoryOf(job), `[${job.role}]\nlocalhost ansible_connection=local\n`);
  mkdirSync(resultsOf(job));
  return [
    `--inventory=${inventoryOf(job)}`,
    '--connection=local',
    `--limit=${job.role}`,
    `--extra-vars=${JSON.stringify({ minion_id: job.minionId, holdfast_role: job.role })}`,
    playbook,
  ];
}

/** Ansible's JUnit plugin writes the result of each task, without arguments: they may be secret. */
function ansibleEnvironment(job: Job): NodeJS.ProcessEnv {
  return {
    ANSIBLE_NOCOLOR: '1',
    // Role names contain dashes.
    ANSIBLE_TRANSFORM_INVALID_GROUP_CHARS: 'ignore',
    ANSIBLE_RETRY_FILES_ENABLED: '0',
    ANSIBLE_CALLBACKS_ENABLED: 'junit',
    JUNIT_OUTPUT_DIR: resultsOf(job),
    JUNIT_HIDE_TASK_ARGUMENTS: 'true',
  };
}

/** The failure of a playbook in one sentence, or undefined. */
function ansibleComplaint(ran: RunResult, job: Job): string | undefined {
  const results = read(resultsOf(job));
  if (ran.code !== 0) {
    const failed = failures(results).at(-1);
    if (failed) return `task ${failed.task}: ${failed.message}`;
    return `exit code ${ran.code}: ${/^ERROR! .*$/m.exec(ran.stderr)?.[0] ?? lastLine(ran.stderr)}`;
  }
  return /<testcase /.test(results) ? undefined : `the playbook has no task for role ${job.role}`;
}

/** The failed tasks in a JUnit file, which escapes quotes and angle brackets in values. */
function failures(junit: string): { task: string; message: string }[] {
  const pattern = /<testcase [^>]*\bname="([^"]*)"[^>]*>\s*<(?:failure|error) [^>]*\bmessage="([^"]*)"/g;
  return [...junit.matchAll(pattern)].map(([, name = '', message = '']) => ({
    task: unescapeXml(name).replace(/^\[localhost\] /, ''),
    message: unescapeXml(message),
  }));
}

function unescapeXml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

function read(folder: string): string {
  if (!existsSync(folder)) return '';
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}
