import { createHash } from 'node:crypto';
import { arn, type Created, generatedName, type Place, type Properties } from '../resource.ts';

/** AWS::IAM::Role */
export function role(properties: Properties, place: Place): Created {
  const name = String(properties.RoleName ?? generatedName(place, 64));
  return { ref: name, attributes: { Arn: iamArn('role', properties, name, place), RoleId: roleId(name) } };
}

/** AWS::IAM::InstanceProfile */
export function instanceProfile(properties: Properties, place: Place): Created {
  const name = String(properties.InstanceProfileName ?? generatedName(place, 128));
  const profile = iamArn('instance-profile', properties, name, place);
  const [roleName = ''] = properties.Roles as string[];
  place.world.ec2.profiles.add({ name, arn: profile, role: roleName, roleId: roleId(roleName) });
  return { ref: name, attributes: { Arn: profile } };
}

/** IAM is global: its ARNs name no region. */
function iamArn(kind: string, { Path = '/' }: Properties, name: string, place: Place): string {
  return arn({ ...place, stack: { ...place.stack, region: '' } }, 'iam', `${kind}${Path}${name}`);
}

function roleId(name: string): string {
  return `AROA${createHash('sha256').update(name).digest('hex').slice(0, 17).toUpperCase()}`;
}
