import type { Template } from '../../../../lib/local-aws/cloudformation/template.ts';
import { type Stage, stage } from '../../../support/local-aws/cloudformation.ts';

const trust = (service: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } }],
});
const document = (Action: string) => ({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action, Resource: { 'Fn::Join': ['', ['arn:aws:s3:::', { Ref: 'store' }]] } },
  ],
});
const role = (more: object = {}) => ({
  Type: 'AWS::IAM::Role',
  Properties: { AssumeRolePolicyDocument: trust('lambda.amazonaws.com'), RoleName: 'step', ...more },
});
const store = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'store' } };

describe('roles and policies', () => {
  let made: Stage;
  beforeEach(async () => {
    made = await stage();
  });
  afterEach(() => made.close());

  const deploy = (resources: Template['Resources'], code = '') =>
    made.deploy([{ Resources: { store, ...resources } }], { code });
  const actions = () => made.world.iam.role('step')?.statements.flatMap(({ Action }) => Action);

  it('come together, wherever a template writes them', async () => {
    const inline = [{ PolicyName: 'inline', PolicyDocument: document('s3:GetObject') }];
    await deploy({
      managed: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document('s3:PutObject') } },
      other: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: { PolicyDocument: document('s3:DeleteObject'), Roles: [{ Ref: 'it' }] },
      },
      it: role({ Policies: inline, ManagedPolicyArns: [{ Ref: 'managed' }] }),
      policy: {
        Type: 'AWS::IAM::Policy',
        Properties: { PolicyName: 'p', PolicyDocument: document('s3:ListBucket'), Roles: [{ Ref: 'it' }] },
      },
    });
    expect(actions()?.toSorted()).toEqual([
      's3:DeleteObject',
      's3:GetObject',
      's3:ListBucket',
      's3:PutObject',
    ]);
    expect(made.world.iam.role('step')?.statements[0]?.Resource).toEqual(['arn:aws:s3:::store']);
  });

  it('refuses a policy for a role that is not there', async () => {
    const policy = { PolicyName: 'p', PolicyDocument: document('s3:ListBucket'), Roles: ['none'] };
    await expect(deploy({ policy: { Type: 'AWS::IAM::Policy', Properties: policy } })).rejects.toThrow(
      'policy policy: found no role none',
    );
  });

  const step = (roleName: string) => ({
    Type: 'AWS::Lambda::Function',
    Properties: {
      FunctionName: 'step',
      Code: { S3Key: 'code.zip' },
      Handler: 'index.handler',
      Timeout: 20,
      Role: { 'Fn::GetAtt': [roleName, 'Arn'] },
    },
  });

  it('give a function keys of its own session', async () => {
    const code = 'export const handler = async () => process.env;';
    await deploy({ it: role(), step: step('it') }, code);
    const id = made.world.iam.role('step')?.id;
    expect(
      await made.functions.invoke('arn:aws:lambda:eu-west-1:222222222222:function:step', {}),
    ).toMatchObject({
      AWS_ACCESS_KEY_ID: expect.stringMatching(/^ASIA[0-9A-F]{16}$/),
      AWS_SESSION_TOKEN: `${id}:step`,
    });
  });

  it('refuses a role that does not trust Lambda', async () => {
    const it = role({ AssumeRolePolicyDocument: trust('ec2.amazonaws.com') });
    await expect(deploy({ it, step: step('it') })).rejects.toThrow(
      'role step does not trust lambda.amazonaws.com',
    );
  });

  it('knows which rules may call which functions', async () => {
    const rule = (id: string) => ({
      Type: 'AWS::Events::Rule',
      Properties: {
        Name: id,
        ScheduleExpression: 'rate(5 minutes)',
        Targets: [{ Arn: { 'Fn::GetAtt': ['step', 'Arn'] }, Id: 'it' }],
      },
    });
    const permission = {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: { 'Fn::GetAtt': ['step', 'Arn'] },
        Principal: 'events.amazonaws.com',
        SourceArn: { 'Fn::GetAtt': ['one', 'Arn'] },
      },
    };
    await deploy({ it: role(), step: step('it'), one: rule('one'), two: rule('two'), permission });
    expect(made.world.iam.invocations.refused).toEqual([
      'arn:aws:events:eu-west-1:222222222222:rule/two has no permission to invoke arn:aws:lambda:eu-west-1:222222222222:function:step',
    ]);
  });

  it('knows the key that a bucket is encrypted with', async () => {
    const key = { Type: 'AWS::KMS::Key', Properties: {} };
    const encryption = {
      ServerSideEncryptionConfiguration: [
        {
          ServerSideEncryptionByDefault: {
            SSEAlgorithm: 'aws:kms',
            KMSMasterKeyID: { 'Fn::GetAtt': ['key', 'Arn'] },
          },
        },
      ],
    };
    const secret = { ...store, Properties: { BucketName: 'secret', BucketEncryption: encryption } };
    await deploy({ key, secret });
    expect(made.world.s3.find('secret')?.keyArn).toMatch(/^arn:aws:kms:eu-west-1:222222222222:/);
    expect(made.world.s3.find('store')?.keyArn).toBeUndefined();
  });
});
