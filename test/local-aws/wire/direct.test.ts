import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import {
  DescribeRulesCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { throttlingError } from '../../../lib/local-aws/model/fault-errors.ts';
import type { ServiceName } from '../../../lib/local-aws/model/operations.ts';
import { type Command, sendDirectly } from '../../../lib/local-aws/wire/direct.ts';
import {
  type Fixture,
  fixture,
  forward,
  listener,
  rule,
  targetGroup,
} from '../../support/local-aws/world.ts';

const region = 'us-east-1';

/** A client of the SDK that sends its commands to a world. */
function direct<C extends { send: unknown }>(client: C, { world }: Fixture, service: ServiceName): C {
  client.send = (command: Command) => sendDirectly(world, service, command, 'AROA1:i-1');
  return client;
}

describe('clients without the wire', () => {
  let aws: Fixture;
  let ssm: SSMClient;
  beforeEach(() => {
    aws = fixture();
    ssm = direct(new SSMClient({ region }), aws, 'ssm');
  });

  test('a parameter goes in and comes out', async () => {
    await ssm.send(new PutParameterCommand({ Name: '/a', Value: 'x', Type: 'String' }));
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: '/a' }));
    expect(Parameter).toMatchObject({ Value: 'x', Version: 1 });
  });

  test('an object goes in and comes out as a stream', async () => {
    const s3 = direct(new S3Client({ region }), aws, 's3');
    aws.world.s3.createBucket({ Bucket: 'b' });
    await s3.send(new PutObjectCommand({ Bucket: 'b', Key: 'k', Body: 'text' }));
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'b', Key: 'k' }));
    expect(await Body?.transformToString()).toBe('text');
    await expect(s3.send(new HeadObjectCommand({ Bucket: 'b', Key: 'x' }))).rejects.toMatchObject({
      name: 'NotFound',
    });
  });

  test("errors carry the SDK's names", async () => {
    const elb = direct(new ElasticLoadBalancingV2Client({ region }), aws, 'elasticloadbalancing');
    await expect(ssm.send(new GetParameterCommand({ Name: '/a' }))).rejects.toMatchObject({
      name: 'ParameterNotFound',
    });
    await expect(elb.send(new DescribeRulesCommand({ RuleArns: ['arn:x'] }))).rejects.toMatchObject({
      name: 'RuleNotFoundException',
      $metadata: { httpStatusCode: 400 },
    });
  });

  test('what comes out is a copy', async () => {
    const elb = direct(new ElasticLoadBalancingV2Client({ region }), aws, 'elasticloadbalancing');
    const group = targetGroup(aws.world, 'blue');
    const arn = rule(aws.world, listener(aws.world), { [group]: 5 });
    const { Rules } = await elb.send(new DescribeRulesCommand({ RuleArns: [arn] }));
    const [first] = Rules?.[0]?.Actions?.[0]?.ForwardConfig?.TargetGroups ?? [];
    if (first) first.Weight = 999;
    expect(aws.world.elb.describeRules({ RuleArns: [arn] }).Rules?.[0]?.Actions).toMatchObject([
      forward({ [group]: 5 }),
    ]);
  });

  test('a call is tried once, and names its caller', async () => {
    const callers: unknown[] = [];
    aws.world.faults.seen = ({ caller }) => callers.push(caller);
    aws.world.faults.next('ssm', '*', { error: throttlingError('ssm') });
    await expect(ssm.send(new GetParameterCommand({ Name: '/a' }))).rejects.toMatchObject({
      name: 'ThrottlingException',
      cause: { code: 'ThrottlingException' },
    });
    expect(callers).toEqual(['AROA1:i-1']);
  });

  test('an operation that is not modelled is refused by name', async () => {
    const autoScaling = direct(new AutoScalingClient({ region }), aws, 'ssm');
    await expect(autoScaling.send(new DescribeAutoScalingGroupsCommand({}))).rejects.toThrow(
      'ssm:DescribeAutoScalingGroups is not part of the local AWS',
    );
  });
});
