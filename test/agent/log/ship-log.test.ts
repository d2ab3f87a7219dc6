import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Events } from '../../../lib/agent/host/events.ts';
import { type LogOf, shipLastLines, shipLog } from '../../../lib/agent/log/ship-log.ts';
import { AwsError } from '../../../lib/local-aws/model/error.ts';
import { realClock } from '../../../lib/local-aws/real-clock.ts';
import { World } from '../../../lib/local-aws/world.ts';
import { Journal } from '../../support/agent/journal.ts';
import { storesOf } from '../../support/agent/stage.ts';
import { FakeHosts } from '../../support/local-aws/fake-hosts.ts';

const logGroupName = '/holdfast/test/instances/web';
const hour = 3_600_000;

describe('shipping the log', () => {
  let home: string;
  let world: World;
  let journal: Journal;
  let log: LogOf;
  /** Sizes of the batches that were put. */
  let puts: number[];

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'holdfast-log-'));
    mkdirSync(join(home, 'run/systemd/system'), { recursive: true });
    world = new World({ clock: realClock, hosts: new FakeHosts() });
    world.logs.createLogGroup({ logGroupName });
    puts = [];
    world.faults.seen = ({ operation, input }) => {
      if (operation === 'PutLogEvents') puts.push((input.logEvents as unknown[]).length);
    };
    journal = new Journal(home);
    const of = { environment: 'test', service: 'web', instance: 'i-1' };
    log = { ...of, home, stores: storesOf(world), events: new Events(() => undefined) };
  });
  afterEach(() => {
    journal.end();
    world.close();
    rmSync(home, { recursive: true, force: true });
  });

  const shipped = () =>
    world.logs.getLogEvents({ logGroupName, logStreamName: 'i-1' }).events?.map(({ message }) => message);

  it('puts what the journal has into the stream of the instance, and the next time what is new', async () => {
    journal.say('one');
    journal.say('two');
    await shipLog(log);
    expect(shipped()).toEqual(['site[7]: one', 'site[7]: two']);
    journal.say('three');
    await shipLog(log);
    expect(shipped()).toEqual(['site[7]: one', 'site[7]: two', 'site[7]: three']);
    expect(journal.calls.map((call) => /--boot|--after-cursor.*/.exec(call)?.[0])).toEqual([
      '--boot',
      '--after-cursor 2',
    ]);
  });

  it('does not even connect when nothing is new', async () => {
    journal.say('one');
    await shipLog(log);
    const logs = jest.fn(log.stores.logs);
    await shipLog({ ...log, stores: { logs } });
    expect(logs).not.toHaveBeenCalled();
  });

  it('goes on behind the last batch that was taken', async () => {
    for (let line = 1; line <= 10_002; line += 1) journal.say(String(line));
    let calls = 0;
    const remove = world.faults.add(({ operation }) => {
      if (operation === 'PutLogEvents') calls += 1;
      return calls === 3 ? { error: new AwsError('AccessDeniedException', 'no') } : undefined;
    });
    // The first finds no stream.
    await expect(shipLog(log)).rejects.toMatchObject({ name: 'AwsFailed' });
    remove();
    await shipLog(log);
    const [first = 0, , second = 0] = puts;
    expect(puts).toEqual([first, first, second, second]);
    expect(first + second).toBe(10_002);
    expect(new Set(shipped()).size).toBe(10_002);
  });

  it('repeats a batch that was taken without an answer', async () => {
    journal.say('one');
    world.logs.createLogStream({ logGroupName, logStreamName: 'i-1' });
    world.faults.next('logs', 'PutLogEvents', { lost: new AwsError('AccessDeniedException', 'no') });
    await expect(shipLog(log)).rejects.toThrow('AccessDeniedException');
    await shipLog(log);
    expect(shipped()).toEqual(['site[7]: one', 'site[7]: one']);
  });

  it('tries again when it is throttled', async () => {
    journal.say('one');
    world.faults.next('logs', '*', { error: new AwsError('ThrottlingException', 'Rate exceeded') }, 2);
    await shipLog(log);
    expect(shipped()).toEqual(['site[7]: one']);
  });

  it('says which group is missing and what to do', async () => {
    journal.say('one');
    const of = { ...log, service: 'other' };
    await expect(shipLog(of)).rejects.toMatchObject({
      name: 'AwsFailed',
      message:
        'found no log group /holdfast/test/instances/other; deploy the stack of the service, which makes it',
    });
    await shipLastLines(of);
    expect(log.events.warnings).toEqual([expect.stringContaining('found no log group')]);
  });

  it('goes on with what is left of a journal whose old entries are gone', async () => {
    for (const line of ['one', 'two']) journal.say(line);
    await shipLog(log);
    for (const line of ['three', 'four']) journal.say(line);
    journal.vacuum(3);
    await shipLog(log);
    expect(shipped()).toEqual(['one', 'two', 'four'].map((line) => `site[7]: ${line}`));
  });

  it('ships this boot again when its note makes no sense, and says so', async () => {
    journal.say('one');
    mkdirSync(join(home, 'var/lib/holdfast'), { recursive: true });
    writeFileSync(join(home, 'var/lib/holdfast/log.json'), '{"cursor":"x"}');
    await shipLog(log);
    expect(shipped()).toEqual(['site[7]: one']);
    expect(log.events.warnings).toEqual([expect.stringContaining('Failed to seek to cursor')]);
  });

  it('ships bytes that are no text, lines that are too long, and leaves out what is no entry', async () => {
    journal.say([0xff, 0x68, 0x69]);
    journal.say('m'.repeat(300_000));
    journal.raw('not an entry');
    journal.raw(`{"MESSAGE":"${'m'.repeat(5 * 1024 * 1024)}"}`);
    journal.say('last');
    await shipLog(log);
    const [bytes, long, last] = shipped() ?? [];
    expect([bytes, last]).toEqual(['site[7]: \ufffdhi', 'site[7]: last']);
    expect(long).toMatch(/^site\[7\]: m+ \.\.\. \(cut\)$/);
  });

  it('puts lines of a clock that was set back in order, and counts those that are too old', async () => {
    const now = Date.now();
    journal.say('late', now);
    journal.say('early', now - hour);
    journal.say('ancient', now - 15 * 24 * hour);
    await shipLog(log);
    expect(shipped()).toEqual(['site[7]: early', 'site[7]: late']);
    expect(log.events.warnings).toEqual([
      'CloudWatch refused 1 log lines: they are older than 14 days or more than 2 hours in the future',
    ]);
  });

  it('gives up when its time is over', async () => {
    journal.say('one');
    const logs = { create: async () => undefined, put: () => new Promise<number>(() => undefined) };
    await expect(shipLog({ ...log, stores: { logs: async () => logs } }, 0.2)).rejects.toThrow(
      'did not take the log within 0.2 seconds',
    );
  });

  it('says that journalctl cannot be read', async () => {
    writeFileSync(join(home, 'journal/journalctl'), '#!/bin/sh\necho no journal >&2\nexit 1\n');
    await expect(shipLog(log)).rejects.toThrow('journalctl ended with 1: no journal');
  });

  it('waits for another that ships, and does not ship the same', async () => {
    journal.say('one');
    await Promise.all([shipLog(log), shipLog(log)]);
    expect(shipped()).toEqual(['site[7]: one']);
  });

  it('has journald write down what was said before it ships the last lines', async () => {
    journal.say('one');
    await shipLastLines(log);
    expect(journal.calls[0]).toBe('--sync');
    expect(shipped()).toEqual(['site[7]: one']);
  });

  it('does nothing, and says so, on a machine without systemd', async () => {
    rmSync(join(home, 'run'), { recursive: true });
    const said: string[] = [];
    const events = new Events((line) => said.push(line));
    await shipLastLines({ ...log, events });
    expect(said).toEqual([expect.stringContaining('"event":"no journal"')]);
    expect(puts).toEqual([]);
  });
});
