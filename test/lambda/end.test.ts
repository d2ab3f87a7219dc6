import { checkDrained } from '../../lambda/check-drained.ts';
import { checkTerminated } from '../../lambda/check-terminated.ts';
import { close } from '../../lambda/close.ts';
import { drain } from '../../lambda/drain.ts';
import { terminate } from '../../lambda/terminate.ts';
import { formatRecord } from '../../lib/release/record.ts';
import type { FakeAws } from '../support/fleet/fake-aws.ts';
import {
  candidate,
  event,
  groupOf,
  journal,
  journalOf,
  keep,
  live,
  names,
  newService,
  recordOf,
  runningDeployment,
  settingsOf,
  waitOf,
  worker,
} from '../support/fleet/service.ts';

/** The candidate was recorded, the old fleet is to be ended. */
function recorded(settings = settingsOf()): FakeAws {
  const aws = runningDeployment(settings);
  const record = recordOf({ colour: 'green', fleet: candidate, deployment: 'd-2' });
  aws.parameters.set(names.deployed, formatRecord(record, 'deployed'));
  keep(aws, journalOf({ phase: 'settle', deployed: 2, commit: { record, published: 2 } }));
  const weights = [
    { targetGroup: 'tg/green/1', weight: 100 },
    { targetGroup: 'tg/blue/1', weight: 0 },
  ];
  aws.rules.set('rule', { forward: weights, sticky: true });
  aws.rules.set('test', { forward: [{ targetGroup: 'tg/green/1', weight: 100 }], sticky: false });
  return aws;
}

describe('drain', () => {
  test('keeps the old target group in the test rule, takes it out of production, then its targets out of it', async () => {
    const aws = recorded();
    const wait = await drain(event, aws);
    expect(aws.log).toEqual([
      'forward test tg/green/1=100 tg/blue/1=0',
      'forward rule tg/green/1=100',
      `detach ${live} tg/blue/1`,
      'deregister tg/blue/1 i-live-1 i-live-2',
    ]);
    expect(aws.rules.get('rule')?.sticky).toBe(false);
    expect(wait.deadline).toBe('2026-11-22T10:02:30.000Z');
    aws.health.set('tg/blue/1', [{ id: 'i-live-1', port: 8080, state: 'draining' }]);
    await drain(event, aws);
    expect(aws.log).toHaveLength(4);
  });

  test('gives a fleet the time that it was promised', async () => {
    const aws = recorded();
    aws.parameters.set(names.settings, JSON.stringify(settingsOf({ rollout: { drainSeconds: 300 } })));
    const fleet = aws.fleet(live);
    fleet.tags = { ...fleet.tags, 'holdfast:settings': `${names.settings}:2` };
    aws.parameters.set(names.settings, JSON.stringify(settingsOf()));
    expect((await drain(event, aws)).deadline).toBe('2026-11-22T10:07:00.000Z');
  });

  test('drains a fleet whose settings are not kept any more', async () => {
    const aws = recorded();
    const fleet = aws.fleet(live);
    fleet.tags = { ...fleet.tags, 'holdfast:settings': `${names.settings}:99` };
    await drain(event, aws);
    expect(await checkDrained({ ...event, wait: waitOf(aws) }, aws)).toMatchObject({ outcome: 'ready' });
  });

  test('gives the tests back to the recorded fleet', async () => {
    const aws = runningDeployment();
    keep(aws, journalOf({ phase: 'settle' }));
    aws.rules.set('test', { forward: [{ targetGroup: 'tg/green/1', weight: 100 }], sticky: false });
    await drain(event, aws);
    expect(aws.log[0]).toBe('forward test tg/blue/1=100 tg/green/1=0');
  });

  test('refuses when the traffic is not on the recorded fleet', async () => {
    const aws = recorded();
    aws.rules.set('rule', { forward: [{ targetGroup: 'tg/blue/1', weight: 1 }], sticky: false });
    await expect(drain(event, aws)).rejects.toMatchObject({ name: 'SettleOverdue' });
    expect(aws.log).toEqual([]);
  });

  test('leaves the load balancer of a worker alone', async () => {
    const aws = recorded(worker());
    aws.rules.clear();
    await drain(event, aws);
    expect(aws.log).toEqual([]);
  });

  test('changes nothing before settling began', async () => {
    const aws = recorded();
    keep(aws, journalOf());
    await expect(drain(event, aws)).rejects.toMatchObject({ name: 'JournalLost' });
  });
});

describe('check-drained', () => {
  test('is ready when the target groups of the leaving fleets are empty, detached or not', async () => {
    const aws = recorded();
    expect(await checkDrained({ ...event, wait: waitOf(aws) }, aws)).toMatchObject({ outcome: 'waiting' });
    await drain(event, aws);
    expect(await checkDrained({ ...event, wait: waitOf(aws) }, aws)).toMatchObject({ outcome: 'ready' });
  });

  test('looks the less often the longer the delay', async () => {
    const aws = recorded();
    expect((await checkDrained({ ...event, wait: waitOf(aws, 150) }, aws)).poll).toBe(5);
    expect((await checkDrained({ ...event, wait: waitOf(aws, 3600) }, aws)).poll).toBe(72);
  });
});

describe('terminate', () => {
  test('takes what has drained out of the test rule', async () => {
    const aws = recorded();
    await drain(event, aws);
    aws.log.length = 0;
    await terminate(event, aws);
    expect(aws.log).toEqual(['forward test tg/green/1=100', `resize ${live} 0/0/0`]);
  });

  test('ends the warm pool of a leaving fleet first, once, and leaves that of the recorded one', async () => {
    const aws = recorded();
    const pool = { min: 1, state: 'stopped', reuses: false, deleting: false };
    for (const name of [live, candidate]) aws.fleet(name).warmPool = { ...pool };
    await terminate(event, aws);
    expect(aws.log).toEqual([`no pool ${live}`, `resize ${live} 0/0/0`]);
    await terminate(event, aws);
    expect(aws.log).toHaveLength(2);
    expect(aws.fleet(candidate).warmPool).toEqual(pool);
  });

  test('asks every fleet but the recorded one for nothing', async () => {
    const aws = recorded();
    aws.fleet(live).instances.push({ id: 'i-booting', lifecycle: 'Pending:Wait' });
    await terminate(event, aws);
    expect(aws.log).toEqual([`resize ${live} 0/0/0`, 'ABANDON i-booting']);
  });

  test('refuses when a leaving fleet carries traffic', async () => {
    const aws = recorded();
    aws.rules.set('rule', { forward: [{ targetGroup: 'tg/blue/1', weight: 1 }], sticky: false });
    await expect(terminate(event, aws)).rejects.toMatchObject({ name: 'SettleOverdue' });
    expect(aws.log).toEqual([]);
  });

  test('ends the candidate of a service that was never deployed', async () => {
    const aws = newService();
    keep(aws, journalOf({ phase: 'settle', deployed: undefined }));
    aws.fleets.set(candidate, groupOf(candidate));
    await terminate(event, aws);
    expect(aws.log).toEqual([`resize ${candidate} 0/0/0`]);
  });
});

describe('check-terminated', () => {
  test('deletes an empty group only when its warm pool is gone', async () => {
    const aws = recorded();
    const fleet = Object.assign(aws.fleet(live), { min: 0, max: 0, desired: 0, instances: [] });
    fleet.warmPool = { min: 1, state: 'stopped', reuses: false, deleting: false };
    const look = () => checkTerminated({ ...event, wait: waitOf(aws) }, aws);
    expect(await look()).toMatchObject({ because: 'still ending: live with 0 instances and a warm pool' });
    expect(await look()).toMatchObject({ outcome: 'waiting' });
    expect(aws.log).toEqual([`no pool ${live}`]);
    delete fleet.warmPool;
    expect(await look()).toMatchObject({ outcome: 'ready' });
    expect(aws.log).toEqual([`no pool ${live}`, `delete ${live}`]);
  });

  test('lets drained instances go, then deletes the empty group and what it leaves behind', async () => {
    const aws = recorded();
    aws.versions.push(
      { version: 2, description: 'pinned by d-1' },
      { version: 3, description: 'pinned by d-2' },
    );
    Object.assign(aws.fleet(live), { min: 0, max: 0, desired: 0 });
    Object.assign(aws.fleet(candidate), { launchTemplate: { id: 'lt-1', version: 3 } });
    for (const instance of aws.fleet(live).instances) instance.lifecycle = 'Terminating:Wait';
    expect(await checkTerminated({ ...event, wait: waitOf(aws) }, aws)).toMatchObject({
      outcome: 'waiting',
      because: 'still ending: live with 2 instances',
    });
    expect(aws.log).toEqual(['CONTINUE i-live-1', 'CONTINUE i-live-2']);
    aws.fleet(live).instances = [];
    aws.targetGroups.push(
      { arn: 'tg/blue/1', name: 'blue', balancers: [] },
      { arn: 'tg/old/1', name: 'old', balancers: [] },
      { arn: 'tg/used/1', name: 'used', balancers: ['main'] },
    );
    const former = { ...waitOf(aws), outcome: 'waiting', because: 'left' };
    expect(await checkTerminated({ ...event, wait: former }, aws)).toMatchObject({
      outcome: 'ready',
      ...waitOf(aws),
    });
    expect(aws.log.slice(2)).toEqual([`delete ${live}`, 'unpin v2', 'delete target group tg/old/1']);
  });

  test('lets a worker finish within the time of its hook', async () => {
    const aws = recorded(worker());
    aws.fleet(live).instances = [{ id: 'i-1', lifecycle: 'Terminating:Wait' }];
    await checkTerminated({ ...event, wait: waitOf(aws) }, aws);
    expect(aws.log).toEqual([`resize ${live} 0/0/0`]);
  });

  test('lets instances with a drain command say themselves when they are done', async () => {
    const aws = recorded(settingsOf({ drain: { command: 'finish' } }));
    aws.parameters.set(names.settings, JSON.stringify(settingsOf()));
    aws.fleet(live).instances = [{ id: 'i-1', lifecycle: 'Terminating:Wait' }];
    await checkTerminated({ ...event, wait: waitOf(aws) }, aws);
    expect(aws.log).toEqual([`resize ${live} 0/0/0`]);
  });

  test('ends a fleet by force when its time is over, and is overdue when that does not help', async () => {
    const aws = recorded();
    const { delete: remove } = aws.groups;
    aws.groups.delete = async (name, options) => {
      await remove(name, { ...options, force: false });
      aws.log.push(options?.force ? 'by force' : 'politely');
    };
    expect(await checkTerminated({ ...event, wait: waitOf(aws, 0) }, aws)).toMatchObject({
      outcome: 'waiting',
      ...waitOf(aws, 0),
    });
    expect(aws.log).toEqual([`delete ${live}`, 'by force']);
    expect(await checkTerminated({ ...event, wait: waitOf(aws, -900) }, aws)).toMatchObject({
      outcome: 'overdue',
      error: 'SettleOverdue',
    });
  });

  test('waits for a group that is being deleted', async () => {
    const aws = recorded();
    aws.fleet(live).deleting = true;
    expect(await checkTerminated({ ...event, wait: waitOf(aws) }, aws)).toMatchObject({ outcome: 'waiting' });
    expect(aws.log).toEqual([]);
  });
});

describe('close', () => {
  test('closes the journal and keeps what the next reader must know', async () => {
    const aws = recorded();
    await close(event, aws);
    const closed = await journal(aws);
    expect(closed).toMatchObject({ state: 'closed', deployed: 2, origin: event.execution });
    expect(closed).not.toHaveProperty('candidate');
    expect(closed).not.toHaveProperty('commit');
    await expect(close(event, aws)).resolves.toBeUndefined();
  });

  test('refuses to close the journal of another', async () => {
    const aws = recorded();
    keep(aws, journalOf({ execution: 'settle', phase: 'settle' }));
    await expect(close(event, aws)).rejects.toMatchObject({ name: 'JournalLost' });
    expect((await journal(aws))?.state).toBe('open');
  });
});
