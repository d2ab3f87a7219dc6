import { autoScalingGroups, type GroupSpec } from '../../lib/aws/groups.ts';
import { autoScalingPolicies } from '../../lib/aws/policies.ts';
import { AwsError } from '../../lib/local-aws/model/error.ts';
import { type Clients, clients } from '../support/local-aws/clients.ts';
import { launchTemplate, targetGroup } from '../support/local-aws/world.ts';

describe('Auto Scaling groups', () => {
  let aws: Clients;
  let spec: GroupSpec;
  beforeEach(async () => {
    aws = await clients('memory');
    aws.world.ec2.zones.set('subnet-a', 'us-east-1a');
    spec = {
      name: 'green-1',
      size: 1,
      max: 3,
      launchTemplate: { id: launchTemplate(aws.world), version: 1 },
      subnets: ['subnet-a'],
      targetGroups: [targetGroup(aws.world, 'green')],
      tags: { 'holdfast:environment': 'prod', 'holdfast:service': 'web' },
      launchHookSeconds: 300,
      terminateHookSeconds: 60,
    };
  });
  afterEach(() => aws.close());

  const groups = () => autoScalingGroups(aws.autoScaling);

  test('a group is made with hooks, tags and target group, once', async () => {
    expect(await groups().create(spec)).toBe(true);
    expect(await groups().create(spec)).toBe(false);
    expect(await groups().get('green-1')).toEqual({
      name: 'green-1',
      min: 1,
      max: 3,
      desired: 1,
      instances: [{ id: expect.stringMatching(/^i-/), lifecycle: 'Pending' }],
      tags: spec.tags,
      targetGroups: spec.targetGroups,
      launchTemplate: spec.launchTemplate,
      deleting: false,
    });
    const { LifecycleHooks } = aws.world.autoScaling.describeLifecycleHooks({
      AutoScalingGroupName: 'green-1',
    });
    expect(LifecycleHooks).toMatchObject([
      { LifecycleHookName: 'holdfast-launch', DefaultResult: 'ABANDON', HeartbeatTimeout: 300 },
      { LifecycleHookName: 'holdfast-terminate', DefaultResult: 'CONTINUE', HeartbeatTimeout: 60 },
    ]);
  });

  test('launches that did not work are told with their reason, newest first', async () => {
    const { instances } = aws.world.ec2;
    instances.failing = () => ({
      ended: { code: 'Client.InternalError', message: 'Client error on launch' },
    });
    await groups().create({ ...spec, size: 1 });
    await aws.clock.advance(2_000);
    instances.failing = () => ({ refused: new AwsError('MaxSpotInstanceCountExceeded', 'Too many.') });
    await aws.clock.advance(60_000);
    const failures = await groups().launchFailures('green-1');
    expect([failures[0], failures.at(-1)]).toEqual([
      { at: expect.stringMatching(/Z$/), message: 'Too many. Launching EC2 instance failed.' },
      { at: '2026-01-01T00:00:00.000Z', message: expect.stringContaining('Client.InternalError') },
    ]);
    expect(await groups().launchFailures('gone')).toEqual([]);
  });

  test('groups are found by the tags of their service, over all pages', async () => {
    for (let number = 0; number < 60; number += 1)
      await groups().create({ ...spec, name: `web-${number}`, size: 0 });
    await groups().create({ ...spec, name: 'worker', tags: { ...spec.tags, 'holdfast:service': 'worker' } });
    expect(await groups().list('prod', 'web')).toHaveLength(60);
    expect(await groups().list('prod')).toHaveLength(61);
    expect(await groups().list('staging')).toEqual([]);
    expect(await groups().get('gone')).toBeUndefined();
  });

  test('sizes that are not named stay', async () => {
    await groups().create(spec);
    await groups().resize('green-1', { min: 2, desired: 2 });
    expect(await groups().get('green-1')).toMatchObject({ min: 2, max: 3, desired: 2 });
    await expect(groups().resize('gone', { min: 1 })).rejects.toMatchObject({ name: 'AwsFailed' });
  });

  test('a detached target group is gone from the group', async () => {
    await groups().create(spec);
    await groups().detach('green-1', spec.targetGroups);
    expect((await groups().get('green-1'))?.targetGroups).toEqual([]);
  });

  test('a group with instances stays until it is deleted by force; one that is gone is fine', async () => {
    await groups().create(spec);
    await aws.clock.advance(1_000);
    await groups().delete('green-1');
    expect(await groups().get('green-1')).toMatchObject({ deleting: false });
    await groups().delete('green-1', { force: true });
    await aws.clock.advance(60_000);
    expect(await groups().get('green-1')).toBeUndefined();
    await expect(groups().delete('green-1')).resolves.toBeUndefined();
  });

  test('scaling targets come, change and go', async () => {
    await groups().create(spec);
    const policies = autoScalingPolicies(aws.autoScaling);
    const cpu = { name: 'holdfast-cpu', value: 60 };
    const requests = { name: 'holdfast-requests', value: 500, label: 'app/main/1/targetgroup/green/2' };
    await policies.put('green-1', cpu);
    await policies.put('green-1', requests);
    expect(await policies.get('green-1')).toEqual([cpu, requests]);
    await policies.put('green-1', { ...cpu, value: 70 });
    await policies.delete('green-1', requests.name);
    await policies.delete('green-1', requests.name);
    expect(await policies.get('green-1')).toEqual([{ ...cpu, value: 70 }]);
  });
});
