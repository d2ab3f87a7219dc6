import type { Create } from './resource.ts';
import { alarm } from './resources/cloudwatch.ts';
import { customResource } from './resources/custom.ts';
import { listener, loadBalancer, targetGroup } from './resources/elb.ts';
import { eventRule, schedule } from './resources/events.ts';
import { generic } from './resources/generic.ts';
import { instanceProfile, managedPolicy, policy, role } from './resources/iam.ts';
import { lambdaFunction, lambdaPermission, lambdaVersion } from './resources/lambda.ts';
import { launchTemplate } from './resources/launch-template.ts';
import { logGroup } from './resources/logs.ts';
import { subnet } from './resources/network.ts';
import { bucket } from './resources/s3.ts';
import { parameter } from './resources/ssm.ts';
import { stateMachine } from './resources/states.ts';

const known: Record<string, Create> = {
  'AWS::CloudFormation::CustomResource': customResource,
  'AWS::CloudWatch::Alarm': alarm,
  'AWS::EC2::LaunchTemplate': launchTemplate,
  'AWS::EC2::Subnet': subnet,
  'AWS::ElasticLoadBalancingV2::Listener': listener,
  'AWS::ElasticLoadBalancingV2::LoadBalancer': loadBalancer,
  'AWS::ElasticLoadBalancingV2::TargetGroup': targetGroup,
  'AWS::Events::Rule': eventRule,
  'AWS::IAM::InstanceProfile': instanceProfile,
  'AWS::IAM::ManagedPolicy': managedPolicy,
  'AWS::IAM::Policy': policy,
  'AWS::IAM::Role': role,
  'AWS::Lambda::Function': lambdaFunction,
  'AWS::Lambda::Permission': lambdaPermission,
  'AWS::Lambda::Version': lambdaVersion,
  'AWS::Logs::LogGroup': logGroup,
  'AWS::S3::Bucket': bucket,
  'AWS::SSM::Parameter': parameter,
  'AWS::Scheduler::Schedule': schedule,
  'AWS::StepFunctions::StateMachine': stateMachine,
};

/** Types that only the workflow may create. */
const refused = ['AWS::AutoScaling::AutoScalingGroup', 'AWS::ElasticLoadBalancingV2::ListenerRule'];

/** Creator of a resource type. Types that the rehearsal does not use get an id alone. */
export function creatorOf(type: string): Create {
  if (refused.includes(type))
    throw new Error(`${type} stands in a template; groups and rules are made by the workflow alone`);
  if (type.startsWith('Custom::')) return customResource;
  return known[type] ?? generic;
}
