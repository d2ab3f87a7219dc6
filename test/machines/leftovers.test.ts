import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../lib/rehearsal/until.ts';
import { Command } from '../support/rehearsal/command.ts';

jest.setTimeout(180_000);

const enclosure = join(__dirname, '../../lib/rehearsal/hosts/machine/enclosure.sh');
const controlGroups = '/sys/fs/cgroup';

/** Ids of all processes, in namespaces below this one too; zombies have ended. */
function processes(): string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && !isZombie(name));
}

function isZombie(pid: string): boolean {
  try {
    return /^\d+ \(.*\) [ZX] /s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true;
  }
}

/** Control groups of machines in which nothing runs any more. */
function deadGroups(): string[] {
  return readdirSync(controlGroups)
    .filter((name) => name.startsWith('holdfast-'))
    .filter((name) =>
      readFileSync(join(controlGroups, name, 'cgroup.events'), 'utf8').includes('populated 0'),
    );
}

describe('a rehearsal on machines that is stopped while they boot', () => {
  let command: Command;
  let before: string[];

  beforeEach(async () => {
    delete process.env.HOLDFAST_ENCLOSED;
    command = new Command();
    before = processes();
    command.start(['--hosts', 'machine', '--instances', '2']);
    await command.says('    0 of 2 instances', 90);
    const booting = () => (processes().length > before.length + 20 ? true : undefined);
    await until(booting, { what: 'the boot', seconds: 30, signal: new AbortController().signal });
  });
  afterEach(() => command.close());

  it.each(['SIGINT', 'SIGTERM'] as const)('leaves nothing after %s', async (signal) => {
    command.interrupt(signal);
    const { code, leftFiles } = await command.end();
    expect([code, leftFiles]).toEqual([130, []]);
    expect(processes().filter((pid) => !before.includes(pid))).toEqual([]);
    expect(deadGroups()).toEqual([]);
  });

  it('leaves no process when it is killed, and the next run sweeps the rest away', async () => {
    command.interrupt('SIGKILL');
    await command.end();
    const gone = () => (processes().every((pid) => before.includes(pid)) ? true : undefined);
    await until(gone, {
      what: 'the end of all processes',
      seconds: 20,
      signal: new AbortController().signal,
    });
    expect(deadGroups()).not.toEqual([]);
    expect(spawnSync(enclosure, ['true']).status).toBe(0);
    expect(deadGroups()).toEqual([]);
  });
});
