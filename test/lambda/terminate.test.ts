import { checkTerminated } from '../../lambda/check-terminated.ts';
import { drain } from '../../lambda/drain.ts';
import { terminate } from '../../lambda/terminate.ts';
import { afterRecord } from '../support/fleet/after-record.ts';
import type { FakeAws } from '../support/fleet/fake-aws.ts';
import {
  candidate,
  event,
  groupOf,
  journalOf,
  keep,
  live,
  names,
  newService,
  settingsOf,
  waitOf,
  worker,
} from '../support/fleet/service.ts';

/** The test rule after `drain`. */
const drained = [
  { targetGroup: 'tg/green/1', weight: 100 },
  { targetGroup: 'tg/blue/1', weight: 0 },
];

function afterDrain(): FakeAws {
  const aws = afterRecord();
  aws.rules.set('test', { forward: drained, sticky: false });
  return aws;
}

describe('terminate', () => {
  test('keeps the idle target group in the test rule, without weight, as long as it is there', async () => {
    const aws = afterRecord();
    await drain(event, aws);
    aws.log.length = 0;
    await terminate(event, aws);
    expect(aws.log).toEqual([`resize ${live} 0/0/0`]);
    expect(aws.rules.get('test')?.forward).toEqual(drained);
    aws.missing.add('tg/blue/1');
    aws.rules.set('test', { forward: [...drained, { targetGroup: 'tg/older/1', weight: 0 }], sticky: false });
    await terminate(event, aws);
    expect(aws.rules.get('test')?.forward).toEqual([{ targetGroup: 'tg/green/1', weight: 100 }]);
  });

  test('ends the warm pool of a leaving fleet first, once, and leaves that of the recorded one', async () => {
    const aws = afterDrain();
    const pool = { min: 1, state: 'stopped', reuses: false, deleting: false };
    for (const name of [live, candidate]) aws.fleet(name).warmPool = { ...pool };
    await terminate(event, aws);
    expect(aws.log).toEqual([`no pool ${live}`, `resize ${live} 0/0/0`]);
    await terminate(event, aws);
    expect(aws.log).toHaveLength(2);
    expect(aws.fleet(candidate).warmPool).toEqual(pool);
  });

  test('asks every fleet but the recorded one for nothing', async () => {
    const aws = afterDrain();
    aws.fleet(live).instances.push({ id: 'i-booting', lifecycle: 'Pending:Wait' });
    await terminate(event, aws);
    expect(aws.log).toEqual([`resize ${live} 0/0/0`, 'ABANDON i-booting']);
  });

  test('refuses when a leaving fleet carries traffic', async () => {
    const aws = afterDrain();
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
    const aws = afterRecord();
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
    const aws = afterRecord();
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

  test('completes the hooks of a hundred instances in one look, and of others in the next', async () => {
    const aws = afterDrain();
    const instances = Array.from({ length: 130 }, (_, index) => ({
      id: `i-${index}`,
      lifecycle: 'Terminating:Wait',
    }));
    Object.assign(aws.fleet(live), { min: 0, max: 0, desired: 0, instances });
    expect(await checkTerminated({ ...event, wait: waitOf(aws) }, aws)).toMatchObject({ outcome: 'waiting' });
    expect(aws.log).toHaveLength(100);
    aws.fleet(live).instances = instances.slice(100);
    await checkTerminated({ ...event, wait: waitOf(aws) }, aws);
    expect(aws.log.slice(100)).toEqual(instances.slice(100).map(({ id }) => `CONTINUE ${id}`));
  });

  test('lets a worker finish within the time of its hook', async () => {
    const aws = afterRecord(worker());
    aws.fleet(live).instances = [{ id: 'i-1', lifecycle: 'Terminating:Wait' }];
    await checkTerminated({ ...event, wait: waitOf(aws) }, aws);
    expect(aws.log).toEqual([`resize ${live} 0/0/0`]);
  });

  test('lets instances with a drain command say themselves when they are done', async () => {
    const aws = afterRecord(settingsOf({ drain: { command: 'finish' } }));
    aws.parameters.set(names.settings, JSON.stringify(settingsOf()));
    aws.fleet(live).instances = [{ id: 'i-1', lifecycle: 'Terminating:Wait' }];
    await checkTerminated({ ...event, wait: waitOf(aws) }, aws);
    expect(aws.log).toEqual([`resize ${live} 0/0/0`]);
  });

  test('ends a fleet by force when its time is over, and is overdue when that does not help', async () => {
    const aws = afterRecord();
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
    const aws = afterRecord();
    aws.fleet(live).deleting = true;
    expect(await checkTerminated({ ...event, wait: waitOf(aws) }, aws)).toMatchObject({ outcome: 'waiting' });
    expect(aws.log).toEqual([]);
  });
});
