import { type Fleet, fleet, terminateHook } from '../../support/local-aws/fleet.ts';

describe('Auto Scaling: deletion', () => {
  let one: Fleet;
  beforeEach(() => {
    one = fleet();
  });

  test('a group with instances needs force, and keeps its name until they are gone', async () => {
    one.create(1, [terminateHook]);
    const name = { AutoScalingGroupName: 'fleet' };
    expect(() => one.aws.world.autoScaling.deleteAutoScalingGroup(name)).toThrow(
      'scaling activities in progress',
    );
    await one.aws.clock.advance(2000);
    expect(() => one.aws.world.autoScaling.deleteAutoScalingGroup(name)).toThrow(
      'instances still in the group',
    );
    one.aws.world.autoScaling.deleteAutoScalingGroup({ ...name, ForceDelete: true });
    expect(one.group()?.Status).toBe('Delete in progress');
    expect(() => one.create(1)).toThrow('pending delete');
    await one.aws.clock.advance(2000);
    expect(one.group()).toBeUndefined();
    expect(one.aws.hosts.stopped).toHaveLength(1);
  });

  test('an empty group goes at once', () => {
    one.create(0);
    one.aws.world.autoScaling.deleteAutoScalingGroup({ AutoScalingGroupName: 'fleet' });
    expect(one.group()).toBeUndefined();
  });
});
