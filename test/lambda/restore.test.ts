import { restore } from '../../lambda/restore.ts';
import { parseRecord } from '../../lib/release/record.ts';
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
  targets,
  worker,
} from '../support/fleet/service.ts';

const onCandidate = [
  { targetGroup: 'tg/green/1', weight: 100 },
  { targetGroup: 'tg/blue/1', weight: 0 },
];
const shifted = () => {
  const aws = runningDeployment();
  aws.rules.set('rule', { forward: onCandidate, sticky: false });
  return aws;
};
const late = (aws: FakeAws) => {
  aws.time += 3_600_000;
};

describe('restore', () => {
  test('begins settling: no step of the rollout may act any more', async () => {
    const aws = runningDeployment();
    expect(await restore(event, aws)).toMatchObject({ outcome: 'ready' });
    expect(await journal(aws)).toMatchObject({ phase: 'settle', settling: '2026-11-22T10:00:00.000Z' });
  });

  test('publishes a commit that stands in the journal', async () => {
    const aws = shifted();
    const record = recordOf({ colour: 'green', fleet: candidate, deployment: 'd-2' });
    keep(aws, journalOf({ commit: { record } }));
    expect(await restore(event, aws)).toMatchObject({ outcome: 'ready' });
    expect(parseRecord(aws.parameters.values.get(names.deployed)?.[1] ?? '', 'deployed')).toEqual(record);
    expect(aws.log).toEqual(['put deployed']);
  });

  test('gives the traffic back once the recorded fleet is as large as the candidate and healthy', async () => {
    const aws = shifted();
    aws.fleet(candidate).desired = 3;
    expect(await restore(event, aws)).toMatchObject({ outcome: 'waiting', poll: 5 });
    expect(aws.log).toEqual([`resize ${live} 3/4/-`]);
    expect(await restore(event, aws)).toMatchObject({
      outcome: 'waiting',
      because: 'fleet live has 2 healthy targets, 3 are needed',
    });
    aws.fleet(live).instances.push({ id: 'i-live-3', lifecycle: 'InService' });
    targets(aws, live);
    expect(await restore(event, aws)).toMatchObject({ outcome: 'ready' });
    expect(aws.log.slice(1)).toEqual(['forward rule tg/blue/1=100 tg/green/1=0', `resize ${live} 2/4/-`]);
  });

  test('waits for the load balancer while another fleet has targets, and turns stickiness off first', async () => {
    const aws = runningDeployment();
    const both = [
      { targetGroup: 'tg/blue/1', weight: 100 },
      { targetGroup: 'tg/green/1', weight: 0 },
    ];
    aws.rules.set('rule', { forward: both, sticky: true });
    expect(await restore(event, aws)).toMatchObject({ outcome: 'ready', ruleSeconds: 30 });
    expect(aws.rules.get('rule')).toEqual({ forward: both, sticky: false });
    aws.health.delete('tg/green/1');
    expect(await restore(event, aws)).toMatchObject({ outcome: 'ready', ruleSeconds: 0 });
  });

  test('never moves the traffic to an unhealthy fleet, and is overdue in the end', async () => {
    const aws = shifted();
    targets(aws, live, 'unhealthy');
    expect(await restore(event, aws)).toMatchObject({ outcome: 'waiting' });
    late(aws);
    expect(await restore(event, aws)).toMatchObject({ outcome: 'overdue', error: 'SettleOverdue' });
    expect(aws.rules.get('rule')?.forward).toEqual(onCandidate);
  });

  test('has a recorded fleet that no rule names checked through the test rule', async () => {
    const aws = shifted();
    aws.rules.set('rule', { forward: [{ targetGroup: 'tg/green/1', weight: 100 }], sticky: false });
    aws.rules.set('test', { forward: [{ targetGroup: 'tg/green/1', weight: 100 }], sticky: false });
    targets(aws, live, 'unused');
    expect(await restore(event, aws)).toMatchObject({ outcome: 'waiting' });
    expect(aws.log).toEqual(['forward test tg/blue/1=100']);
  });

  test('applies the newest sizes and scaling targets to the recorded fleet', async () => {
    const aws = runningDeployment();
    const scaling = { cpuPercent: 60, requestsPerTarget: 500 };
    const newest = settingsOf({ capacity: { min: 3, max: 6 }, scaling });
    aws.parameters.set(names.settings, JSON.stringify(newest));
    aws.targetsOf.set(live, [{ name: 'by-hand', value: 1 }]);
    await restore(event, aws);
    expect(aws.log).toEqual([
      `resize ${live} 3/6/-`,
      `policy ${live} holdfast-cpu 60`,
      `policy ${live} holdfast-requests 500`,
      `no policy ${live} by-hand`,
    ]);
    await restore(event, aws);
    expect(aws.log).toHaveLength(4);
  });

  test('gives the recorded fleet its warm pool, and no other one', async () => {
    const aws = runningDeployment();
    const put = (warmPool?: { min: number; max?: number; state: 'stopped' }) =>
      aws.parameters.set(names.settings, JSON.stringify(settingsOf(warmPool ? { warmPool } : {})));
    put({ min: 1, max: 4, state: 'stopped' });
    await restore(event, aws);
    await restore(event, aws);
    put({ min: 2, state: 'stopped' });
    await restore(event, aws);
    put();
    await restore(event, aws);
    await restore(event, aws);
    // It must be gone before there is another.
    put({ min: 2, state: 'stopped' });
    await restore(event, aws);
    expect(aws.log).toEqual([`pool ${live} 1/4 stopped`, `pool ${live} 2/- stopped`, `no pool ${live}`]);
  });

  test('makes the recorded fleet again when it is gone', async () => {
    const aws = runningDeployment();
    aws.fleets.delete(live);
    const answer = await restore(event, aws);
    expect(answer).toMatchObject({ outcome: 'waiting' });
    expect(answer.because).toContain('the recorded fleet live was missing');
    expect(aws.fleet(live)).toMatchObject({
      desired: 2,
      tags: { 'holdfast:record': `${names.deployed}:1`, 'holdfast:deployment': 'd-1' },
    });
    expect(await restore(event, aws)).toMatchObject({ outcome: 'waiting' });
  });

  test.each([
    ['is made again', 12],
    ['kept a hundred later versions', 1],
  ])('makes the recorded fleet again with the newest settings when the service %s', async (_, settings) => {
    const aws = runningDeployment();
    aws.fleets.delete(live);
    aws.parameters.set(names.deployed, JSON.stringify(recordOf({ settings })));
    keep(aws, journalOf({ deployed: 2, candidate: undefined }));
    aws.parameters.values.set(names.settings, [undefined as never, JSON.stringify(settingsOf())]);
    expect(await restore(event, aws)).toMatchObject({ outcome: 'waiting' });
    expect(aws.fleet(live).tags).toMatchObject({ 'holdfast:settings': `${names.settings}:2` });
  });

  test('keeps the only healthy fleet until the recorded one is healthy, or time is over', async () => {
    const aws = runningDeployment();
    targets(aws, live, 'unhealthy');
    expect(await restore(event, aws)).toMatchObject({ outcome: 'waiting' });
    late(aws);
    expect(await restore(event, aws)).toMatchObject({ outcome: 'ready' });
  });

  test('does not wait when no fleet is healthy', async () => {
    const aws = runningDeployment();
    targets(aws, live, 'unhealthy');
    targets(aws, candidate, 'unhealthy');
    expect(await restore(event, aws)).toMatchObject({ outcome: 'ready' });
  });

  test('puts the rules of a service that was never deployed back', async () => {
    const aws = newService();
    const first = { colour: 'blue' as const, fleet: candidate, record: `${names.blue}:1`, settings: 1 };
    keep(aws, journalOf({ deployed: undefined, candidate: first }));
    aws.fleets.set(candidate, groupOf(candidate));
    aws.rules.set('rule', { forward: [{ targetGroup: 'tg/blue/1', weight: 100 }], sticky: false });
    aws.health.set('tg/blue/1', [{ id: 'i-1', port: 8080, state: 'healthy' }]);
    expect(await restore(event, aws)).toMatchObject({ outcome: 'ready', ruleSeconds: 30 });
    expect(aws.log).toEqual(['forward rule 503', 'forward test tg/blue/1=100 tg/green/1=0']);
  });

  test('does not take a journal that knows no record for a service without one', async () => {
    const aws = runningDeployment();
    keep(aws, journalOf({ deployed: undefined, candidate: undefined }));
    expect(await restore(event, aws)).toMatchObject({ outcome: 'ready' });
    expect((await journal(aws))?.deployed).toBe(1);
    expect(aws.log).toEqual([]);
  });

  test('keeps the last workers in service until the recorded ones are back', async () => {
    const aws = runningDeployment(worker());
    expect(await restore(event, aws)).toMatchObject({ outcome: 'ready' });
    aws.fleet(live).instances.pop();
    expect(await restore(event, aws)).toMatchObject({ outcome: 'waiting' });
    late(aws);
    expect(await restore(event, aws)).toMatchObject({ outcome: 'overdue' });
    aws.fleet(candidate).instances = [];
    expect(await restore(event, aws)).toMatchObject({ outcome: 'ready' });
  });

  test('refuses a record without a fleet when two could be meant', async () => {
    const aws = runningDeployment();
    aws.parameters.set(names.deployed, JSON.stringify(recordOf({ fleet: undefined })));
    keep(aws, journalOf({ deployed: 2 }));
    expect(await restore(event, aws)).toMatchObject({ outcome: 'ready' });
    aws.fleets.set('third', groupOf('third'));
    await expect(restore(event, aws)).rejects.toMatchObject({
      name: 'FleetMissing',
      message: expect.stringContaining('live, third'),
    });
  });

  test('changes nothing when another execution owns the journal', async () => {
    const aws = shifted();
    keep(aws, journalOf({ execution: 'settle' }));
    await expect(restore(event, aws)).rejects.toMatchObject({ name: 'JournalLost' });
    expect(aws.log).toEqual([]);
  });
});
