import { isDeepStrictEqual } from 'node:util';
import type { Resource, TemplateJson } from './example.ts';

/** What CloudFormation would do to a resource of a deployed stack. */
export interface Change {
  id: string;
  type: string;
  /** `keep`: out of the stack, and left as it is. */
  does: 'add' | 'change' | 'replace' | 'delete' | 'keep';
  /** Properties that differ. */
  properties: string[];
}

/** Properties whose change makes CloudFormation put another resource in place of the one that is there. */
const replacing: Readonly<Record<string, readonly string[]>> = {
  'AWS::EC2::LaunchTemplate': ['LaunchTemplateName', 'TagSpecifications'],
  'AWS::EC2::SecurityGroup': ['GroupDescription', 'GroupName', 'VpcId'],
  'AWS::EC2::Subnet': ['AvailabilityZone', 'CidrBlock', 'VpcId'],
  'AWS::ElasticLoadBalancingV2::Listener': ['LoadBalancerArn'],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ['Name', 'Scheme', 'Type'],
  'AWS::ElasticLoadBalancingV2::TargetGroup': [
    'IpAddressType',
    'Name',
    'Port',
    'Protocol',
    'ProtocolVersion',
    'TargetType',
    'VpcId',
  ],
  'AWS::IAM::InstanceProfile': ['InstanceProfileName', 'Path'],
  'AWS::IAM::Role': ['Path', 'RoleName'],
  'AWS::SSM::Parameter': ['Name'],
  'AWS::CloudWatch::Alarm': ['AlarmName'],
  'AWS::EC2::NatGateway': ['AllocationId', 'SubnetId'],
  'AWS::EC2::Route': ['DestinationCidrBlock', 'RouteTableId'],
  'AWS::EC2::SubnetRouteTableAssociation': ['RouteTableId', 'SubnetId'],
  'AWS::EC2::VPC': ['CidrBlock', 'InstanceTenancy'],
  'AWS::EC2::VPCEndpoint': ['ServiceName', 'VpcEndpointType', 'VpcId'],
  'AWS::Events::Rule': ['Name'],
  'AWS::ImageBuilder::ImagePipeline': ['Name'],
  'AWS::KMS::Alias': ['AliasName'],
  'AWS::Lambda::Function': ['FunctionName'],
  'AWS::Logs::LogGroup': ['LogGroupName'],
  'AWS::S3::Bucket': ['BucketName'],
  'AWS::SNS::Topic': ['TopicName'],
  'AWS::StepFunctions::StateMachine': ['StateMachineName', 'StateMachineType'],
};

/** What an update from one template to another does, resource by resource. */
export function changes(before: TemplateJson, after: TemplateJson): Change[] {
  const ids = [...new Set([...Object.keys(before.Resources), ...Object.keys(after.Resources)])];
  return ids.flatMap((id) => change(id, before.Resources[id], after.Resources[id]) ?? []);
}

function change(id: string, before: Resource | undefined, after: Resource | undefined): Change | undefined {
  if (!before) return after && { id, type: after.Type, does: 'add', properties: [] };
  const { Type: type, DeletionPolicy: policy = 'Delete' } = before;
  if (!after) return { id, type, does: policy.startsWith('Retain') ? 'keep' : 'delete', properties: [] };
  const properties = differing(before.Properties, after.Properties);
  if (properties.length === 0 && type === after.Type) return undefined;
  const replaces = type !== after.Type || properties.some((name) => replacing[type]?.includes(name));
  return { id, type, does: replaces ? 'replace' : 'change', properties };
}

function differing(before: Record<string, unknown>, after: Record<string, unknown>): string[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return names.filter((name) => !isDeepStrictEqual(before?.[name], after?.[name])).toSorted();
}
