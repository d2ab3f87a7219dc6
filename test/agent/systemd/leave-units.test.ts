import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leaveUnits, scriptText } from '../../../lib/agent/systemd/leave-units.ts';
import { type MetadataServer, startMetadata } from '../../../lib/rehearsal/hosts/metadata.ts';
import { launched } from '../../support/agent/launched.ts';
import { itWith } from '../../support/suite/programs.ts';

describe('the script that waits for the notice', () => {
  let home: string;
  let metadata: MetadataServer;
  let state: string | undefined;
  let action: string | undefined;
  let running: ChildProcess | undefined;

  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'holdfast-leave-'));
    state = 'InService';
    action = undefined;
    const instance = launched({ targetState: () => state, spotAction: () => action });
    metadata = await startMetadata(instance, { address: '127.0.0.1', region: 'eu-west-1' });
    // In place of Node: it writes down how it was called.
    mkdirSync(join(home, 'opt/holdfast'), { recursive: true });
    writeFileSync(join(home, 'opt/holdfast/node'), `#!/bin/sh\necho "$@" > ${home}/called\n`, {
      mode: 0o755,
    });
  });
  afterEach(() => {
    running?.kill('SIGKILL');
    metadata.close();
    rmSync(home, { recursive: true, force: true });
  });

  /** Starts it with short pauses, or with another condition to go on. */
  function start(endpoint = metadata.endpoint, pause = 'sleep 0.05'): Promise<unknown> {
    const script = join(home, 'script.sh');
    writeFileSync(script, scriptText(home, '/etc/holdfast/agent.json').replace('sleep 5', pause));
    running = spawn('bash', [script], {
      env: { PATH: process.env.PATH, AWS_EC2_METADATA_SERVICE_ENDPOINT: endpoint },
    });
    return once(running, 'exit');
  }

  const called = () => existsSync(join(home, 'called')) && readFileSync(join(home, 'called'), 'utf8').trim();
  const leave = () => `${home}/opt/holdfast/holdfast-agent leave --settings /etc/holdfast/agent.json`;

  it('becomes the agent when the group ends the instance, not before', async () => {
    const looked = new Promise<void>((resolve) => {
      let looks = 0;
      const instance = launched({
        targetState: () => {
          looks += 1;
          if (looks === 3) resolve();
          return state;
        },
      });
      metadata.close();
      void startMetadata(instance, { address: '127.0.0.1', region: 'eu-west-1' }).then((server) => {
        metadata = server;
        void start();
      });
    });
    await looked;
    expect(called()).toBe(false);
    state = 'Terminated';
    if (running) await once(running, 'exit');
    expect(called()).toBe(leave());
  });

  it('stays where it is while the instance is heading for the warm pool, and leaves when it ends there', async () => {
    state = 'Warmed:Stopped';
    await start(metadata.endpoint, '(( looks++ < 4 ))');
    expect(called()).toBe(false);
    state = 'Warmed:Terminated';
    await start();
    expect(called()).toBe(leave());
  });

  it('becomes the agent when EC2 takes a spot instance back', async () => {
    action = '{"action":"terminate","time":"2026-11-25T10:00:00Z"}';
    await start();
    expect(called()).toBe(leave());
  });

  it('goes on looking when there is no group, and when the metadata service does not answer', async () => {
    state = undefined;
    for (const endpoint of [metadata.endpoint, 'http://127.0.0.1:1']) {
      await start(endpoint, '(( looks++ < 4 ))');
      expect(called()).toBe(false);
    }
  });

  itWith('shellcheck', 'is found good by shellcheck', () => {
    const { stdout, status } = spawnSync('shellcheck', ['-'], {
      input: scriptText('/', '/etc/holdfast/agent.json'),
      encoding: 'utf8',
    });
    expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
  });
});

it('the unit runs the script, and again when the agent failed', () => {
  const unit = leaveUnits('/', '/run/holdfast/holdfast-leave.sh')['holdfast-leave.service'] ?? '';
  expect(unit.split('\n')).toEqual(
    expect.arrayContaining([
      'ExecStart=/bin/bash "/run/holdfast/holdfast-leave.sh"',
      'Restart=on-failure',
      'Environment=HOME=/root',
      expect.stringMatching(/^Environment=PATH=.*:\/opt\/holdfast$/),
      'Environment=NODE_COMPILE_CACHE=/var/cache/holdfast',
    ]),
  );
});
