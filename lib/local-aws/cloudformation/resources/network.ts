import { type Created, digest, type Properties, type ResourceContext } from '../resource.ts';

/** AWS::EC2::Subnet */
export function subnet(properties: Properties, place: ResourceContext): Created {
  const ref = `subnet-${digest(place)}`;
  const { AvailabilityZone, VpcId } = properties;
  place.world.ec2.zones.set(ref, String(AvailabilityZone));
  return { ref, attributes: { SubnetId: ref, AvailabilityZone, VpcId } };
}
