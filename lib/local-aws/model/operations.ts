import type { AutoScaling } from './auto-scaling/auto-scaling.ts';
import type { CloudFormation } from './cloudformation/cloudformation.ts';
import type { CloudWatch } from './cloudwatch/cloudwatch.ts';
import type { Ec2 } from './ec2/ec2.ts';
import type { Elb } from './elb/elb.ts';
import type { CloudWatchLogs } from './logs/logs.ts';
import type { S3 } from './s3/s3.ts';
import type { SecretsManager } from './secrets/secrets.ts';
import type { Ssm } from './ssm/ssm.ts';
import type { StepFunctions } from './states/states.ts';

/** The services of the local AWS by their signing names. */
export interface Services {
  ssm: Ssm;
  s3: S3;
  secretsmanager: SecretsManager;
  ec2: Ec2;
  autoscaling: AutoScaling;
  elasticloadbalancing: Elb;
  states: StepFunctions;
  monitoring: CloudWatch;
  logs: CloudWatchLogs;
  cloudformation: CloudFormation;
}
export type ServiceName = keyof Services;

/** Names of a service's operations: its methods with a capital. */
type Operation<Service> = Capitalize<keyof Service & string>;

/** Operations that clients may call. Others are refused by name. */
export const operations: { [Name in ServiceName]: readonly Operation<Services[Name]>[] } = {
  ssm: [
    'PutParameter',
    'GetParameter',
    'GetParameters',
    'GetParametersByPath',
    'GetParameterHistory',
    'LabelParameterVersion',
    'DeleteParameter',
  ],
  s3: [
    'CreateBucket',
    'PutBucketVersioning',
    'PutObject',
    'GetObject',
    'HeadObject',
    'DeleteObject',
    'DeleteObjects',
    'ListObjectsV2',
    'ListObjectVersions',
  ],
  secretsmanager: ['CreateSecret', 'PutSecretValue', 'GetSecretValue'],
  ec2: [
    'CreateLaunchTemplate',
    'CreateLaunchTemplateVersion',
    'DescribeLaunchTemplateVersions',
    'DeleteLaunchTemplateVersions',
    'DescribeInstances',
    'TerminateInstances',
    'GetConsoleOutput',
  ],
  autoscaling: [
    'CreateAutoScalingGroup',
    'DescribeAutoScalingGroups',
    'UpdateAutoScalingGroup',
    'SetDesiredCapacity',
    'DeleteAutoScalingGroup',
    'AttachLoadBalancerTargetGroups',
    'DetachLoadBalancerTargetGroups',
    'TerminateInstanceInAutoScalingGroup',
    'PutLifecycleHook',
    'DescribeLifecycleHooks',
    'CompleteLifecycleAction',
    'RecordLifecycleActionHeartbeat',
    'PutScalingPolicy',
    'DescribePolicies',
    'DescribeScalingActivities',
    'DeletePolicy',
    'PutWarmPool',
    'DescribeWarmPool',
    'DeleteWarmPool',
    'CreateOrUpdateTags',
  ],
  elasticloadbalancing: [
    'CreateLoadBalancer',
    'DescribeLoadBalancers',
    'CreateListener',
    'DescribeListeners',
    'CreateRule',
    'ModifyRule',
    'SetRulePriorities',
    'DeleteRule',
    'DescribeRules',
    'CreateTargetGroup',
    'ModifyTargetGroup',
    'DescribeTargetGroups',
    'DeleteTargetGroup',
    'ModifyTargetGroupAttributes',
    'DescribeTargetGroupAttributes',
    'RegisterTargets',
    'DeregisterTargets',
    'DescribeTargetHealth',
    'AddTags',
    'RemoveTags',
    'DescribeTags',
  ],
  states: [
    'CreateStateMachine',
    'StartExecution',
    'DescribeExecution',
    'ListExecutions',
    'StopExecution',
    'RedriveExecution',
  ],
  monitoring: ['PutMetricAlarm', 'DescribeAlarms', 'SetAlarmState', 'DeleteAlarms'],
  logs: ['CreateLogGroup', 'CreateLogStream', 'PutLogEvents', 'GetLogEvents'],
  cloudformation: ['CreateStack', 'DescribeStacks', 'DescribeStackResources'],
};

type Method = (input: object, stale: unknown) => object;

/** Names of methods by service and operation. */
const methods = new Map<string, ReadonlyMap<string, string>>(
  Object.entries(operations).map(([service, names]) => [
    service,
    new Map(names.map((name) => [name, name.charAt(0).toLowerCase() + name.slice(1)])),
  ]),
);

/** The method behind an operation, or undefined when the local AWS does not have it. */
export function methodOf(services: Services, service: string, operation: string): Method | undefined {
  const method = methods.get(service)?.get(operation);
  if (method === undefined) return undefined;
  const owner = services[service as ServiceName] as unknown as Record<string, Method>;
  const found = owner[method];
  return found && ((input, stale) => found.call(owner, input, stale));
}

export function isService(service: string): service is ServiceName {
  return Object.hasOwn(operations, service);
}
