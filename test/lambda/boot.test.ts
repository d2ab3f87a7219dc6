import { boot } from '../../lambda/boot.ts';
import type { Journal } from '../../lib/rollout/journal.ts';
import {
  candidate,
  event,
  groupOf,
  journal,
  journalOf,
  keep,
  live,
  newService,
  runningDeployment,
} from '../support/fleet/service.ts';

const bootable = () => {
  const aws = runningDeployment();
  aws.fleets.delete(candidate);
  return aws;
};

describe('boot', () => {
  test('creates the fleet as large as the live one, on a pinned template version', async () => {
    const aws = bootable();
    aws.fleet(live).desired = 3;
    const wait = await boot(event, aws);
    expect(aws.log).toEqual(['configure tg/green/1', 'pin v2 from v1', `create ${candidate} 3/4 v2`]);
    expect(wait).toEqual({ deadline: '2026-11-22T10:15:00.000Z', latest: '2026-11-22T10:30:00.000Z' });
    expect(aws.fleet(candidate)).toMatchObject({
      targetGroups: ['tg/green/1'],
      tags: {
        'holdfast:environment': 'prod',
        'holdfast:service': 'web',
        'holdfast:colour': 'green',
        'holdfast:record': '/holdfast/prod/web/green:1',
        'holdfast:settings': '/holdfast/prod/web/settings:1',
        'holdfast:deployment': 'd-2',
      },
    });
  });

  test('never goes below the configured size', async () => {
    const aws = bootable();
    aws.fleet(live).desired = 1;
    await boot(event, aws);
    expect(aws.fleet(candidate).desired).toBe(2);
  });

  test('lets a live fleet above the configured most keep its size', async () => {
    const aws = bootable();
    aws.fleet(live).desired = 9;
    await boot(event, aws);
    expect(aws.fleet(candidate)).toMatchObject({ min: 9, desired: 9, max: 9 });
  });

  test('makes one fleet when it runs twice', async () => {
    const aws = bootable();
    await boot(event, aws);
    const first = [...aws.log];
    await boot(event, aws);
    expect(aws.log).toEqual(first);
  });

  test('refuses a group of the same name that belongs to another deployment', async () => {
    const aws = bootable();
    aws.fleets.set(candidate, groupOf(candidate, { tags: { 'holdfast:deployment': 'd-9' } }));
    await expect(boot(event, aws)).rejects.toMatchObject({
      name: 'AwsFailed',
      message: expect.stringContaining('found one of deployment d-9'),
    });
  });

  test('refuses settings whose launch template version is not there', async () => {
    const aws = bootable();
    aws.versions.length = 0;
    await expect(boot(event, aws)).rejects.toMatchObject({ name: 'AwsFailed' });
  });

  test('boots the first fleet of a new service', async () => {
    const aws = newService();
    aws.parameters.set('/holdfast/prod/web/blue', '{}');
    const record = '/holdfast/prod/web/blue:1';
    keep(
      aws,
      journalOf({ deployed: undefined, candidate: { colour: 'blue', fleet: 'first', record, settings: 1 } }),
    );
    await boot(event, aws);
    expect(aws.fleet('first')).toMatchObject({ min: 2, desired: 2, targetGroups: ['tg/blue/1'] });
  });

  test.each<[string, Partial<Journal>]>([
    ['another execution owns the journal', { execution: 'settle' }],
    ['the journal is closed', { state: 'closed' }],
    ['settling began', { phase: 'settle' }],
  ])('changes nothing when %s', async (_, changes) => {
    const aws = bootable();
    keep(aws, journalOf(changes));
    await expect(boot(event, aws)).rejects.toMatchObject({ name: 'JournalLost' });
    expect(aws.log).toEqual([]);
    expect((await journal(aws))?.execution).toBe(changes.execution ?? event.execution);
  });

  test('stops before the next change when the journal is lost on the way', async () => {
    const aws = bootable();
    const { pin } = aws.templates;
    aws.templates.pin = async (...of) => {
      keep(aws, journalOf({ execution: 'settle', kind: 'settle', phase: 'settle' }));
      return pin(...of);
    };
    await expect(boot(event, aws)).rejects.toMatchObject({ name: 'JournalLost' });
    expect(aws.fleets.has(candidate)).toBe(false);
  });
});
