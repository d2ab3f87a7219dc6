import { prepare } from '../../lambda/prepare.ts';
import { tags } from '../../lib/config/resource-names.ts';
import type { Settings } from '../../lib/config/settings.ts';
import type { DeploymentInput } from '../../lib/rollout/contract.ts';
import type { FakeAws } from '../support/fleet/fake-aws.ts';
import {
  commits,
  groupOf,
  journal,
  journalOf,
  keep,
  live,
  liveService,
  names,
  recordOf,
  releaseOf,
  rollout,
  settingsOf,
  targets,
  url,
  worker,
} from '../support/fleet/service.ts';

const earlier = 'arn:aws:states:eu-west-1:123456789012:execution:rollout:d-1';

/** A service at rest that serves the tip of its branch. */
function serving(settings: Settings = settingsOf()): FakeAws {
  const aws = liveService(settings);
  aws.tips.set(`${url} main`, commits.old);
  aws.parameters.set(names.blue, JSON.stringify(recordOf()));
  tag(aws, tags.record, `${names.blue}:1`);
  keep(aws, journalOf({ state: 'closed', execution: earlier, origin: earlier, candidate: undefined }));
  return aws;
}

function tag(aws: FakeAws, key: string, value: string): void {
  const group = aws.fleet(live);
  aws.fleets.set(live, { ...group, tags: { ...group.tags, [key]: value } });
}

/** The newest settings are other ones. */
function update(aws: FakeAws, changes: Parameters<typeof settingsOf>[0]): void {
  aws.parameters.set(names.settings, JSON.stringify(settingsOf(changes)));
}

function start(aws: FakeAws, input: Partial<DeploymentInput> = {}, knowsUnchanged = true) {
  const startedAt = '2026-11-22T09:59:57.000Z';
  const event = { execution: rollout, deployment: 'd-2', startedAt, input: { service: 'web', ...input } };
  return prepare({ ...event, ...(knowsUnchanged && { knowsUnchanged }) }, aws);
}

const same = `release, settings and launch template are those of fleet ${live}, which serves`;

describe('prepare of what serves already', () => {
  test('answers unchanged with the record, takes no journal and changes nothing', async () => {
    const aws = serving();
    const before = await journal(aws);
    expect(await start(aws)).toMatchObject({
      outcome: 'unchanged',
      output: {
        service: 'web',
        release: releaseOf(commits.old),
        version: 1,
        fleet: live,
        seconds: 3,
        result: 'unchanged',
        because: `${same}; deploy with "replace": true to replace its machines`,
      },
    });
    expect(aws.log).toEqual([]);
    expect(await journal(aws)).toEqual(before);
  });

  test.each<[string, Partial<DeploymentInput>]>([
    ['the commit', { commit: commits.old }],
    ['the record', { version: 1, ifRecord: 1 }],
  ])('by %s as well', async (_, input) => {
    expect(await start(serving(), input)).toMatchObject({ outcome: 'unchanged' });
  });

  test('a service without a load balancer, by its instances in service', async () => {
    const aws = serving(worker());
    expect(await start(aws)).toMatchObject({ outcome: 'unchanged' });
    aws.fleet(live).instances.pop();
    expect(await start(aws)).toMatchObject({ outcome: 'ready' });
  });

  test('a newer image alone changes nothing; the answer names replace', async () => {
    const aws = serving();
    aws.versions.push({ version: 2, description: 'build-1' });
    aws.images.set(2, 'ami-2');
    const because = `${same}; there is a newer image ami-2 (its machines have ami-1): deploy with "replace": true to take it`;
    expect(await start(aws)).toMatchObject({ outcome: 'unchanged', because });
    expect(await start(aws, { replace: true })).toMatchObject({ outcome: 'ready' });
    expect(aws.log).toEqual(['put green']);
  });

  test('capacity, scaling and warm pool that the fleet has taken up are no change', async () => {
    const aws = serving();
    update(aws, {
      capacity: { min: 1, max: 4 },
      scaling: { cpuPercent: 50 },
      warmPool: { min: 1, state: 'stopped' },
    });
    expect(await start(aws)).toMatchObject({ outcome: 'ready' });
    const taken = serving();
    update(taken, {
      capacity: { min: 1, max: 4 },
      scaling: { cpuPercent: 50 },
      warmPool: { min: 1, state: 'stopped' },
    });
    taken.fleet(live).min = 1;
    taken.targetsOf.set(live, [{ name: 'holdfast-cpu', value: 50 }]);
    taken.fleet(live).warmPool = { min: 1, state: 'stopped', reuses: false, deleting: false };
    expect(await start(taken)).toMatchObject({ outcome: 'unchanged' });
  });

  test.each<[string, (aws: FakeAws) => unknown]>([
    ['another commit', (aws) => aws.tips.set(`${url} main`, commits.new)],
    ['other settings', (aws) => update(aws, { start: 'systemctl restart site' })],
    [
      'another launch template',
      (aws) => {
        update(aws, { launchTemplate: { id: 'lt-1', build: 'build-2' } });
        aws.versions.push({ version: 2, description: 'build-2' });
      },
    ],
    ['settings that Parameter Store has forgotten', (aws) => tag(aws, tags.settings, `${names.settings}:9`)],
    ['a record that Parameter Store has forgotten', (aws) => tag(aws, tags.record, `${names.blue}:9`)],
    ['a fleet without a tag of its record', (aws) => tag(aws, tags.record, '')],
    [
      'a fleet of another release than recorded',
      (aws) => {
        aws.parameters.set(names.blue, JSON.stringify(recordOf({ release: releaseOf(commits.new) })));
        tag(aws, tags.record, `${names.blue}:2`);
      },
    ],
    [
      'another branch of the commit',
      (aws) => {
        const release = { site: { branch: 'next', commit: commits.old } };
        aws.parameters.set(names.blue, JSON.stringify(recordOf({ release })));
        tag(aws, tags.record, `${names.blue}:2`);
      },
    ],
    ['a fleet that is gone', (aws) => aws.fleets.delete(live)],
    ['a fleet that is being deleted', (aws) => Object.assign(aws.fleet(live), { deleting: true })],
    ['a fleet without a record beside it', (aws) => aws.fleets.set('other', groupOf('other'))],
    ['other sizes', (aws) => Object.assign(aws.fleet(live), { max: 9 })],
    ['a target that is not healthy', (aws) => targets(aws, live, 'unhealthy')],
    [
      'traffic elsewhere',
      (aws) =>
        aws.rules.set('rule', {
          forward: [
            { targetGroup: 'tg/blue/1', weight: 90 },
            { targetGroup: 'tg/green/1', weight: 10 },
          ],
          sticky: false,
        }),
    ],
    [
      'a deployment that began meanwhile',
      (aws) => {
        const { versions } = aws.templates;
        aws.templates.versions = (id) => {
          keep(aws, journalOf({ state: 'closed', execution: 'other', origin: 'other', deployment: 'd-9' }));
          return versions(id);
        };
      },
    ],
  ])('deploys for %s', async (_, change) => {
    const aws = serving();
    change(aws);
    expect(await start(aws)).toMatchObject({ outcome: 'ready' });
    expect(aws.log).toEqual(['put green']);
  });

  test('deploys in an execution of a machine that does not know the answer', async () => {
    expect(await start(serving(), {}, false)).toMatchObject({ outcome: 'ready' });
  });
});
