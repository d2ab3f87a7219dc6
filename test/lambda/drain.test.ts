import { checkDrained } from '../../lambda/check-drained.ts';
import { drain } from '../../lambda/drain.ts';
import { afterRecord } from '../support/fleet/after-record.ts';
import {
  event,
  journalOf,
  keep,
  live,
  names,
  runningDeployment,
  settingsOf,
  waitOf,
  worker,
} from '../support/fleet/service.ts';

describe('drain', () => {
  test('keeps the old target group in the test rule, takes it out of production, then its targets out of it', async () => {
    const aws = afterRecord();
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
    const aws = afterRecord();
    aws.parameters.set(names.settings, JSON.stringify(settingsOf({ rollout: { drainSeconds: 300 } })));
    const fleet = aws.fleet(live);
    fleet.tags = { ...fleet.tags, 'holdfast:settings': `${names.settings}:2` };
    aws.parameters.set(names.settings, JSON.stringify(settingsOf()));
    expect((await drain(event, aws)).deadline).toBe('2026-11-22T10:07:00.000Z');
  });

  test('drains a fleet whose settings are not kept any more', async () => {
    const aws = afterRecord();
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
    const aws = afterRecord();
    aws.rules.set('rule', { forward: [{ targetGroup: 'tg/blue/1', weight: 1 }], sticky: false });
    await expect(drain(event, aws)).rejects.toMatchObject({ name: 'SettleOverdue' });
    expect(aws.log).toEqual([]);
  });

  test('leaves the load balancer of a worker alone', async () => {
    const aws = afterRecord(worker());
    aws.rules.clear();
    await drain(event, aws);
    expect(aws.log).toEqual([]);
  });

  test('changes nothing before settling began', async () => {
    const aws = afterRecord();
    keep(aws, journalOf());
    await expect(drain(event, aws)).rejects.toMatchObject({ name: 'JournalLost' });
  });
});

describe('check-drained', () => {
  test('is ready when the target groups of the leaving fleets are empty, detached or not', async () => {
    const aws = afterRecord();
    expect(await checkDrained({ ...event, wait: waitOf(aws) }, aws)).toMatchObject({ outcome: 'waiting' });
    await drain(event, aws);
    expect(await checkDrained({ ...event, wait: waitOf(aws) }, aws)).toMatchObject({ outcome: 'ready' });
  });

  test('looks the less often the longer the delay', async () => {
    const aws = afterRecord();
    expect((await checkDrained({ ...event, wait: waitOf(aws, 150) }, aws)).poll).toBe(5);
    expect((await checkDrained({ ...event, wait: waitOf(aws, 3600) }, aws)).poll).toBe(72);
  });
});
