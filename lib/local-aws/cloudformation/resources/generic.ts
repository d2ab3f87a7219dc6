import {
  arn,
  type Created,
  digest,
  generatedName,
  type Properties,
  type ResourceContext,
} from '../resource.ts';

/** How the ids of a kind begin. */
const prefixes: Record<string, string> = {
  'AWS::EC2::VPC': 'vpc',
  'AWS::EC2::SecurityGroup': 'sg',
  'AWS::EC2::RouteTable': 'rtb',
  'AWS::EC2::InternetGateway': 'igw',
  'AWS::EC2::NatGateway': 'nat',
};

/** A resource that the rehearsal does not use: an id, an ARN, and attributes that equal its properties. */
export function generic(properties: Properties, place: ResourceContext): Created {
  const prefix = prefixes[place.type];
  const ref = prefix ? `${prefix}-${digest(place)}` : generatedName(place);
  const service = (place.type.split('::')[1] ?? 'rehearsal').toLowerCase();
  return {
    ref,
    attributes: {
      ...properties,
      Arn: arn(place, service, ref),
      GroupId: ref,
      VpcId: ref,
      KeyId: ref,
      AllocationId: ref,
    },
  };
}
