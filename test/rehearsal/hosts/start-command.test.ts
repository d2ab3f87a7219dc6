import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endProcessTree } from '../../../lib/rehearsal/hosts/process-tree.ts';
import { startCommand, unitCommand } from '../../../lib/rehearsal/hosts/start-command.ts';

describe('the start command of a rehearsal', () => {
  let home: string;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
  });
  afterEach(async () => {
    await endProcessTree(home);
    rmSync(home, { recursive: true });
  });

  const start = (command: string) =>
    spawnSync('/bin/sh', ['-c', startCommand(command)], {
      cwd: home,
      env: { PATH: process.env.PATH, HOLDFAST_HOME: home, HOST: '127.0.0.1', PORT: '1234' },
      timeout: 20_000,
    });
  const pid = () => Number(readFileSync(join(home, 'run/pid'), 'utf8'));
  const lives = (id: number) => {
    try {
      return process.kill(id, 0);
    } catch {
      return false;
    }
  };
  async function logs(text: string): Promise<void> {
    const end = Date.now() + 10_000;
    while (!readFileSync(join(home, 'run/log'), 'utf8').includes(text)) {
      if (Date.now() > end) throw new Error(`log without ${text}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  it('starts the command detached, with HOST and PORT, and returns', async () => {
    expect(start(`echo "it's on $HOST:$PORT"; exec sleep 300`).status).toBe(0);
    await logs("it's on 127.0.0.1:1234");
    expect(lives(pid())).toBe(true);
  });

  it('ends the server of the previous release first, with all that it started', async () => {
    start(`trap 'echo bye; exit' TERM; sleep 300 & echo first; wait`);
    await logs('first');
    const first = pid();
    expect(start('echo second; exec sleep 300').status).toBe(0);
    await logs('second');
    expect(lives(first)).toBe(false);
    expect(lives(pid())).toBe(true);
    expect(readFileSync(join(home, 'run/log'), 'utf8')).toBe('first\nbye\nsecond\n');
  });

  it('kills a server that does not end', async () => {
    start(`trap '' TERM; echo deaf; while :; do sleep 1; done`);
    await logs('deaf');
    const deaf = pid();
    expect(start('exec sleep 300').status).toBe(0);
    expect(lives(deaf)).toBe(false);
  });

  it('refuses a command that does not fit into the settings', () => {
    expect(() => startCommand('x'.repeat(1000))).toThrow(
      '--run: found a command of 1000 characters, at most',
    );
  });
});

describe('the start command on a machine', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
    for (const program of ['systemctl', 'systemd-run']) {
      const script = `#!/bin/sh\nfor word in ${program} "$@"; do echo "$word" >>${folder}/told; done\n`;
      writeFileSync(join(folder, program), script, { mode: 0o755 });
    }
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('ends the unit of the previous release and makes one that runs in the release, with HOST, PORT and PATH', () => {
    const path = `${folder}:${process.env.PATH}`;
    const { status } = spawnSync('/bin/sh', ['-c', unitCommand(`echo "it's on" $HOST`)], {
      cwd: folder,
      env: { PATH: path, HOST: '10.0.0.1', PORT: '80' },
    });
    expect(status).toBe(0);
    const told = readFileSync(join(folder, 'told'), 'utf8').trim().split('\n');
    expect(told.slice(0, 4)).toEqual(['systemctl', 'stop', 'service', 'systemd-run']);
    expect(told).toEqual(
      expect.arrayContaining([
        '--unit=service',
        `--working-directory=${folder}`,
        '--setenv=PORT=80',
        `--setenv=PATH=${path}`,
      ]),
    );
    expect(told.slice(-3)).toEqual(['/bin/sh', '-c', `echo "it's on" $HOST`]);
  });
});
