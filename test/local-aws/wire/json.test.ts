import { DescribeAlarmsCommand, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { CreateSecretCommand, GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { DescribeExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import {
  DescribeParametersCommand,
  GetParameterCommand,
  GetParameterHistoryCommand,
  ParameterNotFound,
  ParameterVersionNotFound,
  PutParameterCommand,
} from '@aws-sdk/client-ssm';
import { type Clients, clients, transports } from '../../support/local-aws/clients.ts';

describe.each(transports)('AWS JSON over %s', (transport) => {
  let aws: Clients;
  beforeEach(async () => {
    aws = await clients(transport);
  });
  afterEach(() => aws.close());

  test('a parameter goes in and comes out by version', async () => {
    const put = await aws.ssm.send(new PutParameterCommand({ Name: '/a/b', Value: 'one', Type: 'String' }));
    await aws.ssm.send(new PutParameterCommand({ Name: '/a/b', Value: 'zwei ü', Overwrite: true }));
    const newest = await aws.ssm.send(new GetParameterCommand({ Name: '/a/b' }));
    const first = await aws.ssm.send(new GetParameterCommand({ Name: '/a/b:1' }));
    expect(put.Version).toBe(1);
    expect(newest.Parameter).toMatchObject({ Value: 'zwei ü', Version: 2, Type: 'String' });
    expect(newest.Parameter?.LastModifiedDate).toEqual(new Date(aws.clock.now()));
    expect(first.Parameter).toMatchObject({ Value: 'one', Version: 1, Selector: ':1' });
    const history = await aws.ssm.send(new GetParameterHistoryCommand({ Name: '/a/b' }));
    expect(history.Parameters?.map(({ Version }) => Version)).toEqual([1, 2]);
  });

  test("errors arrive as the SDK's own classes", async () => {
    await expect(aws.ssm.send(new GetParameterCommand({ Name: '/none' }))).rejects.toBeInstanceOf(
      ParameterNotFound,
    );
    await aws.ssm.send(new PutParameterCommand({ Name: '/a', Value: 'x', Type: 'String' }));
    await expect(aws.ssm.send(new GetParameterCommand({ Name: '/a:7' }))).rejects.toBeInstanceOf(
      ParameterVersionNotFound,
    );
  });

  test('refuses an operation that is not modelled by its name', async () => {
    await expect(aws.ssm.send(new DescribeParametersCommand({}))).rejects.toMatchObject({
      name: 'NotModelled',
      message: 'ssm:DescribeParameters is not part of the local AWS',
    });
  });

  test('a secret by name', async () => {
    await aws.secrets.send(new CreateSecretCommand({ Name: 'token', SecretString: 's3cret' }));
    const { SecretString } = await aws.secrets.send(new GetSecretValueCommand({ SecretId: 'token' }));
    expect(SecretString).toBe('s3cret');
    await expect(aws.secrets.send(new GetSecretValueCommand({ SecretId: 'x' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test('an execution and its dates', async () => {
    const { stateMachineArn } = aws.world.stepFunctions.createStateMachine({
      name: 'rollout',
      definition: '{}',
      roleArn: 'role',
    });
    aws.world.stepFunctions.runner = () => ({
      result: Promise.resolve({ status: 'SUCCEEDED', output: '{"a":1}' }),
      abort: () => undefined,
    });
    const { executionArn } = await aws.states.send(
      new StartExecutionCommand({ stateMachineArn, name: 'one', input: '{}' }),
    );
    const found = await aws.states.send(new DescribeExecutionCommand({ executionArn }));
    expect(found).toMatchObject({ status: 'SUCCEEDED', output: '{"a":1}' });
    expect(found.stopDate).toEqual(new Date(aws.clock.now()));
  });

  test('an alarm', async () => {
    await aws.cloudWatch.send(
      new PutMetricAlarmCommand({
        AlarmName: 'errors',
        ComparisonOperator: 'GreaterThanThreshold',
        EvaluationPeriods: 1,
      }),
    );
    const { MetricAlarms } = await aws.cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: ['errors'] }));
    expect(MetricAlarms?.[0]).toMatchObject({ AlarmName: 'errors', StateValue: 'OK', EvaluationPeriods: 1 });
  });
});
