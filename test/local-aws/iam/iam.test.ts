import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GetObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { AskedPermission } from '../../../lib/local-aws/iam/iam.ts';
import { type Command, sendDirectly } from '../../../lib/local-aws/wire/direct.ts';
import { requestHandler } from '../../../lib/local-aws/wire/request-handler.ts';
import type { World } from '../../../lib/local-aws/world.ts';
import { fixture } from '../../support/local-aws/world.ts';

const trust = {
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
};
const readsOne = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'ssm:GetParameter', Resource: '*parameter/one' }],
};

describe('calls under roles', () => {
  let world: World;
  let credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };

  beforeEach(() => {
    ({ world } = fixture({ checksRights: true }));
    for (const Name of ['/one', '/two']) world.ssm.putParameter({ Name, Value: 'v', Type: 'String' });
    const role = world.iam.addRole({
      name: 'step-role',
      arn: 'arn:aws:iam::1:role/step-role',
      id: 'AROA1',
      trust,
    });
    role.put('default', readsOne);
    ({ credentials } = world.iam.assume(role, 'lambda.amazonaws.com', 'step'));
  });
  afterEach(() => world.close());

  const options = (given = credentials) => ({
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: given,
    requestHandler: requestHandler(world),
  });
  const read = (Name: string, given = credentials) =>
    new SSMClient(options(given)).send(new GetParameterCommand({ Name }));

  it('are carried out when a policy allows them', async () => {
    expect((await read('/one')).Parameter?.Value).toBe('v');
  });

  it('are refused in the words of AWS when none does', async () => {
    await expect(read('/two')).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message:
        'User: arn:aws:sts::000000000000:assumed-role/step-role/step is not authorized to perform: ssm:GetParameter on resource: arn:aws:ssm:us-east-1:000000000000:parameter/two because no identity-based policy allows the ssm:GetParameter action',
    });
  });

  test.each([
    [
      'S3',
      () => new S3Client(options()).send(new GetObjectCommand({ Bucket: 'b', Key: 'k' })),
      'AccessDenied',
      403,
    ],
    [
      'S3, without a body',
      () => new S3Client(options()).send(new HeadObjectCommand({ Bucket: 'b', Key: 'k' })),
      'Unknown',
      403,
    ],
    [
      'EC2',
      () => new EC2Client(options()).send(new DescribeInstancesCommand({})),
      'UnauthorizedOperation',
      403,
    ],
    [
      'Auto Scaling',
      () => new AutoScalingClient(options()).send(new DescribeAutoScalingGroupsCommand({})),
      'AccessDenied',
      403,
    ],
  ])('are refused in the format of %s', async (_, send, name, status) => {
    await expect(send()).rejects.toMatchObject({ name, $metadata: { httpStatusCode: status } });
  });

  it('are refused by a Deny in another policy', async () => {
    world.iam.role('step-role')?.put('more', {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }],
    });
    await expect(read('/one')).rejects.toThrow('with an explicit deny in an identity-based policy');
  });

  test.each([
    ['unknown keys', { accessKeyId: 'AKIAOTHER', secretAccessKey: 'x' }],
    ["a key with another session's token", { sessionToken: 'AROA2:other' }],
    ['a key without its token', { sessionToken: undefined }],
  ])('are refused with %s', async (_, given) => {
    const { sessionToken, ...rest } = { ...credentials, ...given };
    await expect(read('/one', { ...rest, ...(sessionToken && { sessionToken }) })).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    });
  });

  it('are refused with a signature by another secret', async () => {
    await expect(read('/one', { ...credentials, secretAccessKey: 'guessed' })).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
    });
  });

  it('may do everything in the hands of an administrator', async () => {
    expect((await read('/two', world.iam.administrator)).Parameter?.Value).toBe('v');
  });

  it('may do everything where nothing is checked', async () => {
    world.iam.checks = false;
    expect((await read('/two', { accessKeyId: 'any', secretAccessKey: 'x' })).Parameter?.Value).toBe('v');
  });

  it('are checked without the wire too', async () => {
    const command = new GetParameterCommand({ Name: '/two' }) as unknown as Command;
    await expect(sendDirectly(world, 'ssm', command, 'AROA1:step')).rejects.toThrow('not authorized');
    await expect(sendDirectly(world, 'ssm', command, 'nobody')).rejects.toThrow('nobody is not valid');
  });

  it('are those of a run of a function, without the wire', async () => {
    world.iam.act('step~7', 'step');
    const command = new GetParameterCommand({ Name: '/one' }) as unknown as Command;
    await expect(sendDirectly(world, 'ssm', command, 'step~7')).resolves.toBeDefined();
    // On the wire a name is no key.
    await expect(read('/one', { accessKeyId: 'step~7', secretAccessKey: 'x' })).rejects.toThrow('not valid');
  });

  it('are told of, right by right', async () => {
    const asked: AskedPermission[] = [];
    world.iam.asked = (each) => asked.push(each);
    await read('/one');
    expect(asked).toMatchObject([
      { session: { name: 'step' }, need: { action: 'ssm:GetParameter' }, decision: 'allowed' },
    ]);
  });

  it('need a role that trusts the service', () => {
    const role = world.iam.role('arn:aws:iam::1:role/step-role');
    expect(() => role && world.iam.assume(role, 'ec2.amazonaws.com', 'i-1')).toThrow(
      'role step-role does not trust ec2.amazonaws.com',
    );
  });
});
