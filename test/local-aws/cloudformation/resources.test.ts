import type { Template } from '../../../lib/local-aws/cloudformation/template.ts';
import { type Stage, stage } from '../../support/local-aws/cloudformation.ts';

describe('resources', () => {
  let made: Stage;

  beforeEach(async () => {
    made = await stage();
  });
  afterEach(() => made.close());

  /** Deploys resources and gives what an expression over them resolves to. */
  async function resolved(resources: Template['Resources'], value: unknown, code?: string): Promise<unknown> {
    const probe = {
      Type: 'AWS::SSM::Parameter',
      Properties: { Name: '/probe', Type: 'String', Value: value },
    };
    await made.deploy([{ Resources: { ...resources, probe } }], code === undefined ? {} : { code });
    return made.world.ssm.getParameter({ Name: '/probe' }).Parameter?.Value;
  }

  it('makes the load balancer with its listeners and target groups', async () => {
    const resources = {
      balancer: {
        Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
        Properties: { Scheme: 'internet-facing' },
      },
      listener: {
        Type: 'AWS::ElasticLoadBalancingV2::Listener',
        Properties: {
          LoadBalancerArn: { Ref: 'balancer' },
          Port: 80,
          Protocol: 'HTTP',
          DefaultActions: [
            { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404', MessageBody: 'nobody' } },
          ],
        },
      },
      blue: {
        Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
        Properties: { Port: 8080, Protocol: 'HTTP' },
      },
      green: {
        Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
        Properties: { Port: 8080, Protocol: 'HTTP' },
      },
    };
    const listener = String(await resolved(resources, { 'Fn::GetAtt': ['listener', 'ListenerArn'] }));
    expect(made.world.elb.route(listener, 'host', '/')).toMatchObject({
      kind: 'fixed',
      status: 404,
      body: 'nobody',
    });
    expect(made.world.elb.describeTargetGroups({}).TargetGroups).toHaveLength(2);
  });

  it('gives the full names that alarms use', async () => {
    const resources = {
      balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' },
      blue: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { Port: 8080 } },
    };
    const names = [
      ['balancer', 'LoadBalancerFullName'],
      ['blue', 'TargetGroupFullName'],
    ];
    const value = { 'Fn::Join': [' ', names.map((name) => ({ 'Fn::GetAtt': name }))] };
    expect(await resolved(resources, value)).toMatch(
      /^app\/\S+\/[0-9a-f]{16} targetgroup\/\S+\/[0-9a-f]{16}$/,
    );
  });

  it('makes launch templates, and the parameter that their image comes from', async () => {
    const resources = {
      role: { Type: 'AWS::IAM::Role', Properties: { Path: '/p/' } },
      profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'role' }], Path: '/p/' } },
      template: {
        Type: 'AWS::EC2::LaunchTemplate',
        Properties: {
          VersionDescription: 'digest',
          LaunchTemplateData: {
            ImageId: 'resolve:ssm:/aws/service/image',
            InstanceType: 't4g.small',
            IamInstanceProfile: { Arn: { 'Fn::GetAtt': ['profile', 'Arn'] } },
          },
        },
      },
    };
    const ids = [{ Ref: 'template' }, { 'Fn::GetAtt': ['role', 'RoleId'] }];
    const [template, roleId] = String(await resolved(resources, { 'Fn::Join': [' ', ids] })).split(' ');
    const { ec2 } = made.world;
    const [version] =
      ec2.describeLaunchTemplateVersions({ LaunchTemplateId: template, ResolveAlias: true })
        .LaunchTemplateVersions ?? [];
    expect(version?.VersionDescription).toBe('digest');
    expect(version?.LaunchTemplateData?.ImageId).toMatch(/^ami-/);
    const profile = ec2.profiles.find({ Arn: version?.LaunchTemplateData?.IamInstanceProfile?.Arn });
    expect(profile?.roleId).toBe(roleId);
  });

  it('makes buckets with their versioning', async () => {
    const resources = {
      store: {
        Type: 'AWS::S3::Bucket',
        Properties: { BucketName: 'store', VersioningConfiguration: { Status: 'Enabled' } },
      },
      logs: { Type: 'AWS::S3::Bucket' },
    };
    const logs = String(await resolved(resources, { Ref: 'logs' }));
    expect(logs).toMatch(/^one-logs-[0-9a-f]{8}$/);
    expect(made.world.s3.putObject({ Bucket: 'store', Key: 'a', Body: 'b' }).VersionId).toBeDefined();
    expect(made.world.s3.putObject({ Bucket: logs, Key: 'a', Body: 'b' }).VersionId).toBeUndefined();
  });

  const step = {
    Type: 'AWS::Lambda::Function',
    Properties: {
      FunctionName: 'step',
      Code: { S3Bucket: 'assets', S3Key: 'code.zip' },
      Handler: 'index.handler',
      Timeout: 20,
      Environment: { Variables: { REGION: { Ref: 'AWS::Region' } } },
    },
  };

  it('makes functions and versions, from the assets', async () => {
    const version = { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'step' } } };
    const arn = String(
      await resolved(
        { step, version },
        { Ref: 'version' },
        'export const handler = async (event) => [event, process.env.REGION];',
      ),
    );
    expect(arn).toBe('arn:aws:lambda:eu-west-1:222222222222:function:step:1');
    expect(await made.functions.invoke(arn, 'hello')).toEqual(['hello', 'eu-west-1']);
  });

  it('makes state machines with their definitions', async () => {
    const machine = {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        StateMachineName: 'rollout',
        DefinitionString: { 'Fn::Join': ['', ['{"StartAt":"', 'a', '"}']] },
        RoleArn: 'arn',
      },
    };
    const stateMachineArn = String(await resolved({ machine }, { Ref: 'machine' }));
    const definitions: string[] = [];
    made.world.stepFunctions.runner = ({ definition }) => {
      definitions.push(definition);
      return { result: Promise.resolve({ status: 'SUCCEEDED', output: '{}' }), abort: () => undefined };
    };
    made.world.stepFunctions.startExecution({ stateMachineArn });
    expect(definitions).toEqual(['{"StartAt":"a"}']);
  });

  it('makes event rules that call their functions, and alarms', async () => {
    const rule = {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventPattern: { source: ['aws.cloudwatch'], detail: { alarmName: ['loud'] } },
        Targets: [
          { Arn: { 'Fn::GetAtt': ['step', 'Arn'] }, Id: 'it' },
          { Arn: 'arn:aws:sns:topic', Id: 'other' },
        ],
      },
    };
    const alarm = (AlarmName: string) => ({ Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmName } });
    const code = 'export const handler = async (event) => console.log(`saw ${event.detail.alarmName}`);';
    await resolved({ step, rule, loud: alarm('loud'), quiet: alarm('quiet') }, 'x', code);
    for (const AlarmName of ['quiet', 'loud']) {
      made.world.cloudWatch.setAlarmState({ AlarmName, StateValue: 'ALARM', StateReason: 'test' });
    }
    await until(() => made.functions.log('step') !== '');
    expect(made.functions.log('step')).toBe('saw loud\n');
  });

  it('knows schedules by rate, and refuses others', async () => {
    const scheduled = (expression: string) => ({
      Resources: {
        it: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: expression, Targets: [] } },
      },
    });
    await made.deploy([scheduled('rate(5 minutes)')]);
    await expect(made.deploy([scheduled('cron(0 0 * * ? *)')])).rejects.toThrow('found cron(0 0 * * ? *)');
  });
});

/** Waits, bounded, for something that other threads do. */
async function until(isSo: () => boolean): Promise<void> {
  const end = Date.now() + 10_000;
  while (!isSo()) {
    if (Date.now() > end) throw new Error('did not come');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
