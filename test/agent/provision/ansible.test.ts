import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Job } from '../../../lib/agent/provision/job.ts';
import { applyTree } from '../../../lib/agent/provision/provisioner.ts';
import { describeWith } from '../../support/suite/programs.ts';

const ansible = { tool: 'ansible', playbook: 'site.yml', timeoutSeconds: 60 } as const;

describeWith('ansible-playbook', 'a playbook', () => {
  let folder: string;
  let job: Job;
  const home = process.env.HOME;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-ansible-'));
    job = {
      tree: join(folder, 'tree'),
      role: 'web-shop',
      minionId: 'web-shop-i-1',
      work: join(folder, 'work'),
      log: join(folder, 'log'),
      seconds: 60,
      lock: 0,
    };
    for (const each of [job.tree, job.work]) mkdirSync(each);
    // Ansible keeps files there, and whoever runs this may have none.
    process.env.HOME = folder;
    process.env.ANSIBLE_REMOTE_TMP = join(folder, 'remote');
  });
  afterEach(() => {
    if (home === undefined) delete process.env.HOME;
    else process.env.HOME = home;
    delete process.env.ANSIBLE_REMOTE_TMP;
    rmSync(folder, { recursive: true });
  });

  const apply = (text: string) => {
    writeFileSync(join(job.tree, 'site.yml'), text);
    return applyTree(job, ansible);
  };
  const play = (hosts: string, ...tasks: string[]) =>
    `- hosts: ${hosts}\n  gather_facts: false\n  tasks:\n${tasks.map((each) => `    - ${each}\n`).join('')}`;
  const writing = (name: string) =>
    `{ name: write ${name}, ansible.builtin.copy: { dest: "${folder}/${name}", content: "{{ minion_id }}" } }`;

  it('is applied to the role of this machine alone', async () => {
    await apply(play('web-shop', writing('mine')) + play('worker', writing('theirs')));
    expect(readFileSync(join(folder, 'mine'), 'utf8')).toBe('web-shop-i-1');
    expect(existsSync(join(folder, 'theirs'))).toBe(false);
  });

  it('fails with the name and the message of the task that failed, and shows no arguments', async () => {
    const task = `{ name: break "it" <now>, ansible.builtin.command: sh -c 'exit 3 hidden' }`;
    await expect(apply(play('web-shop', writing('mine'), task))).rejects.toMatchObject({
      name: 'ProvisionFailed',
      message: `ansible failed: task web-shop: break "it" <now>: non-zero return code; read ${job.log}`,
    });
    expect(readFileSync(job.log, 'utf8')).toContain('exit 3 hidden');
    expect(execFileSync('stat', ['--format=%a', job.log]).toString()).toBe('600\n');
  });

  it('takes a task that failed and was forgiven for well', async () => {
    const task = `{ name: forgiven, ansible.builtin.command: 'false', ignore_errors: true }`;
    await expect(apply(play('web-shop', task, writing('mine')))).resolves.toBeUndefined();
  });

  it('fails when no play is for the role', async () => {
    await expect(apply(play('worker', writing('theirs')))).rejects.toThrow(
      'the playbook has no task for role web-shop',
    );
  });

  it('fails for a playbook that cannot be read', async () => {
    await expect(apply('- hosts: [')).rejects.toThrow(/ansible failed: exit code 4: ERROR! /);
  });
});
