import { AwsError } from '../../../lib/local-aws/model/error.ts';
import { type Fleet, fleet, launchHook } from '../../support/local-aws/fleet.ts';

const noCapacity = {
  refused: new AwsError('InsufficientInstanceCapacity', 'We currently do not have sufficient capacity.'),
};
const keyRefused = {
  ended: { code: 'Client.InternalError', message: 'Client error on launch' },
};

describe('Auto Scaling: activities', () => {
  let one: Fleet;
  beforeEach(() => {
    one = fleet();
  });
  const activities = (more = {}) =>
    one.aws.world.autoScaling.describeScalingActivities({ AutoScalingGroupName: 'fleet', ...more });
  const statuses = () => activities().Activities?.map(({ StatusCode }) => StatusCode);

  test('launches and endings stand there, newest first, page by page', async () => {
    one.create(2);
    expect(statuses()).toEqual(['InProgress', 'InProgress']);
    await one.aws.clock.advance(1000);
    one.resize(1);
    await one.aws.clock.advance(1000);
    const [ending] = activities().Activities ?? [];
    expect(ending).toMatchObject({ StatusCode: 'Successful', Progress: 100 });
    expect(ending?.Description).toMatch(/^Terminating EC2 instance: i-/);
    const first = activities({ MaxRecords: 2 });
    const rest = activities({ MaxRecords: 2, NextToken: first.NextToken });
    expect([first.Activities?.length, rest.Activities?.length, rest.NextToken]).toEqual([2, 1, undefined]);
    expect(activities({ ActivityIds: [ending?.ActivityId] }).Activities).toEqual([ending]);
  });

  test('a refused launch leaves its reason and no instance, and comes again with back-off', async () => {
    one.aws.world.ec2.instances.failing = () => noCapacity;
    one.create(2);
    expect(one.ids()).toEqual([]);
    expect(activities().Activities?.[0]).toMatchObject({
      StatusCode: 'Failed',
      StatusMessage: 'We currently do not have sufficient capacity. Launching EC2 instance failed.',
    });
    const before = statuses()?.length ?? 0;
    await one.aws.clock.advance(29_000);
    expect(statuses()).toHaveLength(before);
    one.aws.world.ec2.instances.failing = undefined;
    await one.aws.clock.advance(3_000);
    expect(one.states()).toEqual(['InService', 'InService']);
    expect(statuses()?.slice(0, 2)).toEqual(['Successful', 'Successful']);
  });

  test('an instance that EC2 ends before it runs keeps the reason, and is replaced', async () => {
    one.aws.world.ec2.instances.failing = () => keyRefused;
    one.create(1, [launchHook]);
    const [first = ''] = one.ids();
    await one.aws.clock.advance(2_000);
    one.aws.world.ec2.instances.failing = undefined;
    const { Reservations = [] } = one.aws.world.ec2.describeInstances({ InstanceIds: [first] });
    expect(Reservations[0]?.Instances?.[0]).toMatchObject({
      State: { Name: 'terminated' },
      StateReason: {
        Code: 'Client.InternalError',
        Message: 'Client.InternalError: Client error on launch',
      },
    });
    expect(activities().Activities?.find(({ StatusCode }) => StatusCode === 'Cancelled')).toMatchObject({
      Description: expect.stringMatching(
        new RegExp(`^Launching a new EC2 instance: ${first}\\.  Status Reason: `),
      ),
      StatusMessage: expect.stringMatching(
        /Termination Reason: Client\.InternalError: Client error on launch$/,
      ),
    });
    await one.aws.clock.advance(60_000);
    expect(one.states()).toEqual(['Pending:Wait']);
    expect(one.aws.hosts.started.map(({ id }) => id)).not.toContain(first);
  });

  test('an image that cannot be resolved fails the launch, not the creation of the group', () => {
    const { LaunchTemplate } = one.aws.world.ec2.createLaunchTemplate({
      LaunchTemplateName: 'no-image',
      LaunchTemplateData: { ImageId: 'resolve:ssm:/images/none' },
    });
    one.create(1, [], {
      LaunchTemplate: { LaunchTemplateId: LaunchTemplate?.LaunchTemplateId, Version: '1' },
    });
    expect(activities().Activities?.[0]?.StatusMessage).toContain('/images/none could not be resolved');
  });

  test('refuses a group that is not there, and pages that are too large', () => {
    expect(() => activities()).toThrow('AutoScalingGroup name not found');
    one.create(0);
    expect(() => activities({ MaxRecords: 101 })).toThrow('MaxRecords 101 is not 1 to 100');
  });
});
