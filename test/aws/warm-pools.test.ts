import { autoScalingGroups } from '../../lib/aws/groups.ts';
import { autoScalingPools, presentPool } from '../../lib/aws/warm-pools.ts';
import { type Clients, clients } from '../support/local-aws/clients.ts';
import { launchTemplate } from '../support/local-aws/world.ts';

describe('warm pools', () => {
  let aws: Clients;
  beforeEach(async () => {
    aws = await clients('memory');
    aws.world.autoScaling.createAutoScalingGroup({
      AutoScalingGroupName: 'green-1',
      MinSize: 1,
      MaxSize: 5,
      LaunchTemplate: { LaunchTemplateId: launchTemplate(aws.world), Version: '1' },
      VPCZoneIdentifier: 'subnet-a',
    });
  });
  afterEach(() => aws.close());

  const pools = () => autoScalingPools(aws.autoScaling);
  const groups = () => autoScalingGroups(aws.autoScaling);

  test('come with a group, without their instances among its own', async () => {
    expect((await groups().get('green-1'))?.warmPool).toBeUndefined();
    await pools().put('green-1', { min: 1, max: 4, state: 'stopped' });
    const group = await groups().get('green-1');
    expect(group?.warmPool).toEqual({ min: 1, max: 4, state: 'stopped', reuses: false, deleting: false });
    expect(group?.instances).toHaveLength(1);
  });

  test('lose the limit that is not named any more', async () => {
    await pools().put('green-1', { min: 1, max: 4, state: 'stopped' });
    await pools().put('green-1', { min: 0, state: 'stopped' });
    expect((await groups().get('green-1'))?.warmPool).not.toHaveProperty('max');
    expect(aws.world.autoScaling.fleets.groups.get('green-1')?.warmed.size).toBe(4);
  });

  test('end with their instances; one that is gone or going is fine', async () => {
    await pools().put('green-1', { min: 2, state: 'stopped' });
    await pools().delete('green-1');
    expect((await groups().get('green-1'))?.warmPool).toMatchObject({ deleting: true });
    await pools().delete('green-1');
    await pools().delete('gone');
  });

  test('fail to be put where there is no group', async () => {
    await expect(pools().put('gone', { min: 0, state: 'stopped' })).rejects.toMatchObject({
      name: 'AwsFailed',
      message: expect.stringContaining('could not set the warm pool of group gone'),
    });
  });

  test('are read as AWS leaves things out', () => {
    expect(presentPool({})).toEqual({ min: 0, state: 'stopped', reuses: false, deleting: false });
    expect(
      presentPool({
        MaxGroupPreparedCapacity: -1,
        PoolState: 'Running',
        Status: 'PendingDelete',
        InstanceReusePolicy: { ReuseOnScaleIn: true },
      }),
    ).toEqual({ min: 0, state: 'running', reuses: true, deleting: true });
  });
});
