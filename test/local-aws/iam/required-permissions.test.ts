import type { RequiredPermission } from '../../../lib/local-aws/iam/required-permission.ts';
import { requiredPermissions } from '../../../lib/local-aws/iam/required-permissions.ts';
import type { World } from '../../../lib/local-aws/world.ts';
import { fixture } from '../../support/local-aws/world.ts';

const account = 'us-east-1:000000000000';
let world: World;
beforeEach(() => {
  ({ world } = fixture());
});
afterEach(() => world.close());

const needs = (service: string, operation: string, input: object = {}): RequiredPermission[] =>
  requiredPermissions({ service, operation, input: input as Record<string, unknown> }, world);
const brief = (list: readonly RequiredPermission[]) =>
  list.map(({ action, resource }) => `${action} ${resource}`);

it('refuses an operation whose rights nobody wrote down, by name', () => {
  expect(() => needs('ec2', 'CreateLaunchTemplate')).toThrow('the rights of ec2:CreateLaunchTemplate');
  expect(() => needs('monitoring', 'DescribeAlarms')).toThrow('the rights of monitoring:DescribeAlarms');
});

describe('Parameter Store', () => {
  test.each(['/holdfast/prod/web/deployed', '/holdfast/prod/web/deployed:7'])(
    'needs a right on the parameter, whatever its version: %s',
    (Name) => {
      expect(brief(needs('ssm', 'GetParameter', { Name }))).toEqual([
        `ssm:GetParameter arn:aws:ssm:${account}:parameter/holdfast/prod/web/deployed`,
      ]);
    },
  );

  it('knows that its own parameters belong to no account', () => {
    expect(brief(needs('ssm', 'GetParameters', { Names: ['/aws/service/image', '/own'] }))).toEqual([
      'ssm:GetParameters arn:aws:ssm:us-east-1::parameter/aws/service/image',
      `ssm:GetParameters arn:aws:ssm:${account}:parameter/own`,
    ]);
  });
});

describe('CloudWatch Logs', () => {
  it.each(['CreateLogStream', 'PutLogEvents'])('needs a right on the stream: %s', (operation) => {
    expect(brief(needs('logs', operation, { logGroupName: '/g', logStreamName: 'i-1' }))).toEqual([
      `logs:${operation} arn:aws:logs:${account}:log-group:/g:log-stream:i-1`,
    ]);
  });
});

describe('S3', () => {
  const key = 'arn:aws:kms:us-east-1:000000000000:key/k';
  const named = { Bucket: 'store', Key: 'a' };
  beforeEach(() => {
    world.s3.createBucket({ Bucket: 'store' });
    Object.assign(world.s3.find('store') ?? {}, { keyArn: key, versioned: true });
  });

  it('asks for the key of the bucket in reading and writing', () => {
    const { VersionId } = world.s3.putObject({ ...named, Body: 'x' });
    expect(brief(needs('s3', 'GetObject', named))).toEqual([
      's3:GetObject arn:aws:s3:::store/a',
      `kms:Decrypt ${key}`,
    ]);
    expect(brief(needs('s3', 'GetObject', { ...named, VersionId }))[0]).toBe(
      's3:GetObjectVersion arn:aws:s3:::store/a',
    );
    expect(brief(needs('s3', 'PutObject', named))).toEqual([
      's3:PutObject arn:aws:s3:::store/a',
      `kms:GenerateDataKey ${key}`,
    ]);
  });

  it('asks for the key to look only where the checksum is wanted', () => {
    world.s3.putObject({ ...named, Body: 'x' });
    expect(needs('s3', 'HeadObject', named)).toHaveLength(1);
    expect(brief(needs('s3', 'HeadObject', { ...named, ChecksumMode: 'ENABLED' }))[1]).toBe(
      `kms:Decrypt ${key}`,
    );
  });

  it('tells only who may list the bucket that an object is missing', () => {
    expect(brief(needs('s3', 'GetObject', named))[1]).toBe('s3:ListBucket arn:aws:s3:::store');
  });

  it('reads what a write is compared with', () => {
    expect(brief(needs('s3', 'PutObject', { ...named, IfMatch: '"e"' }))).toContain(
      's3:GetObject arn:aws:s3:::store/a',
    );
    expect(brief(needs('s3', 'PutObject', { ...named, IfNoneMatch: '*' }))).not.toContain(
      's3:GetObject arn:aws:s3:::store/a',
    );
  });

  it('lists with the prefix as a condition key', () => {
    expect(needs('s3', 'ListObjectsV2', { Bucket: 'store', Prefix: 'journal/' })).toMatchObject([
      { action: 's3:ListBucket', resource: 'arn:aws:s3:::store', keys: { 's3:prefix': 'journal/' } },
    ]);
  });
});

describe('Secrets Manager', () => {
  it('needs a right on the ARN with its six characters, by whichever name', () => {
    world.secrets.createSecret({ Name: 'git/one', SecretString: 's' });
    const arn = `arn:aws:secretsmanager:${account}:secret:git/one-AbCdEf`;
    for (const SecretId of ['git/one', arn]) {
      expect(brief(needs('secretsmanager', 'GetSecretValue', { SecretId }))).toEqual([
        `secretsmanager:GetSecretValue ${arn}`,
      ]);
    }
    expect(brief(needs('secretsmanager', 'GetSecretValue', { SecretId: 'none' }))).toEqual([
      `secretsmanager:GetSecretValue arn:aws:secretsmanager:${account}:secret:none`,
    ]);
  });
});

describe('Step Functions', () => {
  it('needs rights on machines and on executions', () => {
    expect(brief(needs('states', 'StartExecution', { stateMachineArn: 'arn:machine' }))).toEqual([
      'states:StartExecution arn:machine',
    ]);
    expect(brief(needs('states', 'DescribeExecution', { executionArn: 'arn:execution' }))).toEqual([
      'states:DescribeExecution arn:execution',
    ]);
  });
});

describe('CloudFormation', () => {
  it.each(['DescribeStacks', 'DescribeStackResources'])(
    'needs a right on the stack, by name and by id: %s',
    (operation) => {
      const { StackId = '' } = world.cloudFormation.createStack({ StackName: 'web' });
      for (const StackName of ['web', StackId])
        expect(brief(needs('cloudformation', operation, { StackName }))).toEqual([
          `cloudformation:${operation} arn:aws:cloudformation:${account}:stack/web/rehearsal`,
        ]);
    },
  );
});
