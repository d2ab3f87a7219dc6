import { sweep } from '../../lambda/sweep.ts';
import {
  groupOf,
  journalOf,
  keep,
  live,
  liveService,
  names,
  rollout,
  runningDeployment,
  settingsOf,
} from '../support/fleet/service.ts';

const resting = () => {
  const aws = liveService();
  keep(aws, journalOf({ state: 'closed', candidate: undefined }));
  return aws;
};
const reason = (aws: ReturnType<typeof resting>) =>
  (aws.started[0]?.input as { reason: string } | undefined)?.reason;

describe('sweep', () => {
  test('leaves a service alone whose reality is the record', async () => {
    const aws = resting();
    expect(await sweep({}, aws)).toEqual({ settled: [] });
    expect(aws.started).toEqual([]);
  });

  test('settles what an execution left behind, once', async () => {
    const aws = runningDeployment();
    aws.status.set(rollout, 'ABORTED');
    expect(await sweep({}, aws)).toEqual({ settled: ['web'] });
    await sweep({}, aws);
    expect(aws.started).toHaveLength(1);
    expect(reason(aws)).toBe('execution of deployment d-2 ended (ABORTED) without settling');
  });

  test('settles again some minutes after a settle that failed itself', async () => {
    const aws = runningDeployment();
    keep(aws, journalOf({ execution: 'settle-1', kind: 'settle', phase: 'settle' }));
    aws.status.set('settle-1', 'FAILED');
    await sweep({}, aws);
    keep(aws, journalOf({ execution: 'settle-2', kind: 'settle', phase: 'settle' }));
    aws.status.set('settle-2', 'FAILED');
    await sweep({}, aws);
    expect(aws.started).toHaveLength(1);
    aws.time += 300_000;
    await sweep({}, aws);
    expect(aws.started).toHaveLength(2);
  });

  test('leaves a running deployment alone', async () => {
    const aws = runningDeployment();
    aws.status.set(rollout, 'RUNNING');
    expect(await sweep({}, aws)).toEqual({ settled: [] });
  });

  test.each<[string, (aws: ReturnType<typeof resting>) => unknown, string]>([
    [
      'other sizes',
      (aws) =>
        aws.parameters.set(names.settings, JSON.stringify(settingsOf({ capacity: { min: 3, max: 6 } }))),
      'other sizes than configured (3 to 6)',
    ],
    [
      'other scaling targets',
      (aws) =>
        aws.parameters.set(names.settings, JSON.stringify(settingsOf({ scaling: { cpuPercent: 50 } }))),
      'other scaling targets than configured',
    ],
    [
      'no warm pool',
      (aws) =>
        aws.parameters.set(
          names.settings,
          JSON.stringify(settingsOf({ warmPool: { min: 1, state: 'stopped' } })),
        ),
      'another warm pool than configured',
    ],
    [
      'a warm pool that nobody wants',
      (aws) => aws.warmPools.put(live, { min: 1, state: 'stopped' }),
      'another warm pool than configured',
    ],
    [
      'a fleet that nobody recorded',
      (aws) => aws.fleets.set('stray', groupOf('stray')),
      'fleets without a record: stray',
    ],
    [
      'weights that somebody moved',
      (aws) =>
        aws.rules.set('rule', {
          forward: [
            { targetGroup: 'tg/blue/1', weight: 90 },
            { targetGroup: 'tg/green/1', weight: 10 },
          ],
          sticky: false,
        }),
      'the production rule forwards to blue 90, green 10, expected fleet live alone',
    ],
    ['no recorded fleet', (aws) => aws.fleets.delete(live), 'the recorded fleet live is gone'],
  ])('settles a service with %s', async (_, change, because) => {
    const aws = resting();
    change(aws);
    expect(await sweep({}, aws)).toEqual({ settled: ['web'] });
    expect(reason(aws)).toContain(because);
  });

  test('fails ten updates before the settings of a fleet are forgotten', async () => {
    const aws = resting();
    const update = () => aws.parameters.set(names.settings, JSON.stringify(settingsOf()));
    while (update() < 90);
    expect(await sweep({}, aws)).toEqual({ settled: [] });
    update();
    await expect(sweep({}, aws)).rejects.toThrow(
      'web: fleet live: found settings of version 1, expected one of the newest 90 of 91, because Parameter Store forgets it after 100 and its instances could not launch any more; deploy the service with "replace": true',
    );
  });

  test('leaves a service alone whose stack was deleted', async () => {
    const aws = resting();
    aws.parameters.values.delete(names.settings);
    expect(await sweep({}, aws)).toEqual({ settled: [] });
  });

  test('looks at every service before it fails because of one', async () => {
    const aws = runningDeployment();
    aws.status.set(rollout, 'ABORTED');
    aws.objects.set('journal/broken.json', 'garbage');
    await expect(sweep({}, aws)).rejects.toMatchObject({
      name: 'AwsFailed',
      message: expect.stringContaining('broken: journal/broken.json: not JSON'),
    });
    expect(aws.started).toHaveLength(1);
  });
});
