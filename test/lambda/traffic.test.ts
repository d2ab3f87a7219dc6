import { checkInService } from '../../lambda/check-in-service.ts';
import { record } from '../../lambda/record.ts';
import { register } from '../../lambda/register.ts';
import { shift } from '../../lambda/shift.ts';
import { parseRecord } from '../../lib/release/record.ts';
import {
  candidate,
  commits,
  event,
  journal,
  journalOf,
  keep,
  live,
  names,
  newService,
  runningDeployment,
  targets,
  waitOf,
  worker,
} from '../support/fleet/service.ts';

const weights = (blue: number, green: number) => [
  { targetGroup: 'tg/green/1', weight: green },
  { targetGroup: 'tg/blue/1', weight: blue },
];

describe('register', () => {
  test('gives the candidate all test traffic and none of production', async () => {
    const aws = runningDeployment();
    const wait = await register(event, aws);
    expect(aws.log).toEqual(['forward test tg/green/1=100', 'forward rule tg/blue/1=100 tg/green/1=0']);
    expect(wait).toEqual({ deadline: '2026-11-22T10:05:00.000Z', latest: '2026-11-22T10:20:00.000Z' });
    await register(event, aws);
    expect(aws.log).toHaveLength(2);
  });

  test('leaves the production rule of a service that was never deployed alone', async () => {
    const aws = newService();
    const record = `${names.blue}:1`;
    keep(
      aws,
      journalOf({
        deployed: undefined,
        candidate: { colour: 'blue', fleet: candidate, record, settings: 1 },
      }),
    );
    await register(event, aws);
    expect(aws.log).toEqual([]);
    expect(aws.rules.get('test')?.forward).toEqual([{ targetGroup: 'tg/blue/1', weight: 100 }]);
  });

  test('switches group stickiness off', async () => {
    const aws = runningDeployment();
    aws.rules.set('test', { forward: [{ targetGroup: 'tg/green/1', weight: 100 }], sticky: true });
    await register(event, aws);
    expect(aws.rules.get('test')?.sticky).toBe(false);
  });
});

describe('check-in-service', () => {
  test('is ready with as many healthy targets as needed', async () => {
    const aws = runningDeployment();
    expect(await checkInService({ ...event, wait: waitOf(aws) }, aws)).toMatchObject({ outcome: 'ready' });
  });

  test('waits for unhealthy ones, with the reason', async () => {
    const aws = runningDeployment();
    targets(aws, candidate, 'initial');
    const answer = await checkInService({ ...event, wait: waitOf(aws) }, aws);
    expect(answer).toMatchObject({ outcome: 'waiting', error: 'NotInService' });
    expect(answer.because).toBe(
      'fleet candidate has 0 healthy targets, 2 are needed: i-candidate-1 initial, i-candidate-2 initial',
    );
  });

  test('raises again, and waits for what it raised', async () => {
    const aws = runningDeployment();
    aws.fleet(live).desired = 3;
    const answer = await checkInService({ ...event, wait: waitOf(aws, 0) }, aws);
    expect(aws.log).toEqual([`resize ${candidate} 3/4/-`]);
    expect(answer.outcome).toBe('waiting');
  });
});

describe('shift', () => {
  test('holds the old fleet at its size, then moves all traffic', async () => {
    const aws = runningDeployment();
    Object.assign(aws.fleet(live), { min: 1, desired: 2 });
    expect(await shift({ ...event, wait: waitOf(aws) }, aws)).toMatchObject({ outcome: 'ready' });
    expect(aws.log).toEqual([`resize ${live} 2/-/-`, 'forward rule tg/green/1=100 tg/blue/1=0']);
  });

  test('moves nothing when a target is not healthy any more', async () => {
    const aws = runningDeployment();
    targets(aws, candidate, 'unhealthy');
    expect(await shift({ ...event, wait: waitOf(aws) }, aws)).toMatchObject({ outcome: 'waiting' });
    expect(aws.log).toEqual([]);
  });

  test('moves nothing when the live fleet grew', async () => {
    const aws = runningDeployment();
    Object.assign(aws.fleet(live), { min: 3, desired: 3 });
    expect(await shift({ ...event, wait: waitOf(aws) }, aws)).toMatchObject({ outcome: 'waiting' });
    expect(aws.log).toEqual([]);
  });

  test('changes nothing when it runs twice', async () => {
    const aws = runningDeployment();
    await shift({ ...event, wait: waitOf(aws) }, aws);
    const first = [...aws.log];
    await shift({ ...event, wait: waitOf(aws) }, aws);
    expect(aws.log).toEqual(first);
  });
});

describe('record', () => {
  const shifted = () => {
    const aws = runningDeployment();
    aws.rules.set('rule', { forward: weights(0, 100), sticky: false });
    return aws;
  };

  test('notes the commit in the journal, then publishes it', async () => {
    const aws = shifted();
    await record(event, aws);
    const published = parseRecord(aws.parameters.values.get(names.deployed)?.[1] ?? '', names.deployed);
    expect(published).toMatchObject({
      release: { site: { commit: commits.new } },
      colour: 'green',
      fleet: candidate,
      verified: true,
    });
    expect(await journal(aws)).toMatchObject({ deployed: 2, commit: { record: published, published: 2 } });
  });

  test('publishes once when it runs twice', async () => {
    const aws = shifted();
    await record(event, aws);
    await record(event, aws);
    expect(aws.parameters.values.get(names.deployed)).toHaveLength(2);
  });

  test('publishes once when it died between publishing and noting it', async () => {
    const aws = shifted();
    await record(event, aws);
    const done = await journal(aws);
    keep(aws, journalOf({ commit: { record: done?.commit?.record as never } }));
    await record(event, aws);
    expect(aws.parameters.values.get(names.deployed)).toHaveLength(2);
    expect((await journal(aws))?.deployed).toBe(2);
  });

  test('refuses a release that does not carry all traffic', async () => {
    const aws = shifted();
    aws.rules.set('rule', { forward: weights(50, 50), sticky: false });
    await expect(record(event, aws)).rejects.toMatchObject({ name: 'NotInService' });
    expect((await journal(aws))?.commit).toBeUndefined();
  });

  test('records a worker without asking the load balancer', async () => {
    const aws = runningDeployment(worker());
    aws.rules.clear();
    await record(event, aws);
    expect((await journal(aws))?.deployed).toBe(2);
  });

  test('changes nothing once settling began', async () => {
    const aws = shifted();
    keep(aws, journalOf({ phase: 'settle' }));
    await expect(record(event, aws)).rejects.toMatchObject({ name: 'JournalLost' });
    expect(aws.parameters.values.get(names.deployed)).toHaveLength(1);
  });
});
