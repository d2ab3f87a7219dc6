import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Events } from '../../../lib/agent/host/events.ts';
import { leave } from '../../../lib/agent/leave/leave.ts';
import { layoutOf } from '../../../lib/agent/session/layout.ts';
import type { InstanceClients } from '../../../lib/aws/instance-clients.ts';
import type { LogEvent, LogStream } from '../../../lib/aws/logs.ts';
import { type AgentSettings, agentSettingsSchema } from '../../../lib/config/agent-settings.ts';
import { Journal } from '../../support/agent/journal.ts';

const state = 'autoscaling/target-lifecycle-state';
const spot = 'spot/instance-action';

describe('an instance that leaves', () => {
  let folder: string;
  /** What happened, in order. */
  let told: string[];
  let documents: Record<string, string>;
  /** What the log got. */
  let kept: string[];
  /** Whether the group waits for the instance. */
  let isHeld: boolean;
  /** The machine's log. */
  let journal: Journal;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-leave-'));
    told = [];
    documents = { [state]: 'Terminated' };
    kept = [];
    isHeld = true;
    process.env.HOLDFAST_HOME = folder;
    mkdirSync(join(folder, 'run/systemd/system'), { recursive: true });
    journal = new Journal(folder);
    journal.say('the last words');
  });
  afterEach(() => {
    delete process.env.HOLDFAST_HOME;
    journal.end();
    rmSync(folder, { recursive: true, force: true });
  });

  const settings = (more: object = {}): AgentSettings =>
    agentSettingsSchema.parse({
      environment: 'test',
      service: 'web',
      role: 'web',
      root: folder,
      parameters: { release: '/r', deployed: '/d' },
      bucket: 'store',
      repositories: { site: { url: 'https://git.example.com/site.git', branch: 'main' } },
      drain: { command: `echo drained >> ${folder}/out` },
      instance: { id: 'i-1', roleId: 'AROA', group: 'fleet', terminateHookSeconds: 1 },
      ...more,
    });

  const stores = {
    logs: async () => ({
      async put({ group, stream }: LogStream, events: LogEvent[]) {
        told.push('log');
        kept.push(...events.map(({ message }) => `${group} ${stream} ${message}`));
        return 0;
      },
    }),
    lifecycle: async () => ({
      async heartbeat() {
        if (isHeld) told.push('heartbeat');
        return isHeld;
      },
      async complete({ hook }: { hook: string }, result: string) {
        told.push(`${hook} ${result}`);
        return true;
      },
    }),
  } as unknown as InstanceClients;

  const go = (more?: object) =>
    leave({
      settings: settings(more),
      metadata: { get: async (name) => documents[name] },
      events: new Events(() => undefined),
      stores,
    });

  const drained = () => (existsSync(join(folder, 'out')) ? readFileSync(join(folder, 'out'), 'utf8') : '');

  it('drains, ships the end of its log, then lets its group go on', async () => {
    expect(await go()).toEqual({ result: 'left', release: {} });
    expect(drained()).toBe('drained\n');
    expect(kept).toEqual(['/holdfast/test/instances/web i-1 site[7]: the last words']);
    expect(told.filter((each) => each !== 'heartbeat')).toEqual(['log', 'holdfast-terminate CONTINUE']);
    expect(told[0]).toBe('heartbeat');
  });

  it('does nothing as long as nobody ends it', async () => {
    documents = { [state]: 'InService' };
    expect(await go()).toEqual({ result: 'unchanged', release: {} });
    expect({ told, out: drained() }).toEqual({ told: [], out: '' });
  });

  it('drains in the release that runs', async () => {
    const { current } = layoutOf(folder).repository('site');
    mkdirSync(current, { recursive: true });
    await go({ drain: { command: `pwd > ${folder}/out` } });
    expect(drained()).toBe(`${current}\n`);
  });

  it('does not drain twice when it is started again', async () => {
    await go();
    await go();
    expect(drained()).toBe('drained\n');
    expect(told.filter((each) => each.endsWith('CONTINUE'))).toHaveLength(2);
  });

  it('goes all the same when its drain command fails, and says why', async () => {
    const { result, error } = await go({ drain: { command: 'echo no leader; exit 3' } });
    expect({ result, name: error?.name }).toEqual({ result: 'left', name: 'CommandFailed' });
    expect(error?.message).toContain('no leader');
    expect(told.at(-1)).toBe('holdfast-terminate CONTINUE');
  });

  it('goes when the deadline of its drain command is over', async () => {
    const { error } = await go({ drain: { command: 'sleep 60', deadlineSeconds: 1 } });
    expect(error?.message).toContain('did not end within 1 seconds');
    expect(told.at(-1)).toBe('holdfast-terminate CONTINUE');
  });

  it('takes a spot interruption without waiting for its group', async () => {
    const time = new Date(Date.now() + 120_000).toISOString();
    documents = { [spot]: JSON.stringify({ action: 'terminate', time }) };
    expect((await go()).result).toBe('left');
    expect({ out: drained(), told }).toEqual({ out: 'drained\n', told: ['log'] });
  });

  it('gives a drain command no more time than a spot instance has', async () => {
    const time = new Date(Date.now() + 15_500).toISOString();
    documents = { [spot]: JSON.stringify({ action: 'terminate', time }) };
    const { error } = await go({ drain: { command: 'sleep 60' } });
    expect(error?.message).toContain('did not end within');
  });

  it('goes also when its log cannot be read', async () => {
    writeFileSync(join(folder, 'journal/journalctl'), '#!/bin/sh\nexit 1\n');
    expect((await go()).result).toBe('left');
    expect(kept).toEqual([]);
    expect(told.at(-1)).toBe('holdfast-terminate CONTINUE');
  });

  it('only drains and ships its log without a group', async () => {
    await go({ instance: { id: 'i-1', roleId: 'AROA' } });
    expect({ out: drained(), told }).toEqual({ out: 'drained\n', told: ['log'] });
  });
});
