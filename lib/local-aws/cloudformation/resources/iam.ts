import { hash } from 'node:crypto';
import type { Role } from '../../iam/role.ts';
import { arn, type Created, generatedName, type Properties, type ResourceContext } from '../resource.ts';

interface RolePolicies {
  AssumeRolePolicyDocument?: unknown;
  Policies?: { PolicyName: string; PolicyDocument: unknown }[];
  /** ARNs. */
  ManagedPolicyArns?: string[];
}

/** AWS::IAM::Role */
export function role(properties: Properties, place: ResourceContext): Created {
  const name = String(properties.RoleName ?? generatedName(place, 64));
  const roleArn = iamArn('role', properties, name, place);
  const {
    AssumeRolePolicyDocument: trust,
    Policies = [],
    ManagedPolicyArns = [],
  } = properties as RolePolicies;
  const made = place.world.iam.addRole({ name, arn: roleArn, id: roleId(name), trust });
  for (const { PolicyName, PolicyDocument } of Policies) made.put(PolicyName, PolicyDocument);
  for (const managed of ManagedPolicyArns) made.attach(managed);
  return { ref: name, attributes: { Arn: roleArn, RoleId: roleId(name) } };
}

/** AWS::IAM::Policy */
export function policy(properties: Properties, place: ResourceContext): Created {
  const name = String(properties.PolicyName);
  for (const each of rolesOf(properties, place)) each.put(name, properties.PolicyDocument);
  return { ref: name, attributes: { Id: name } };
}

/** AWS::IAM::ManagedPolicy */
export function managedPolicy(properties: Properties, place: ResourceContext): Created {
  const name = String(properties.ManagedPolicyName ?? generatedName(place, 128));
  const policyArn = iamArn('policy', properties, name, place);
  place.world.iam.managedPolicies.set(policyArn, properties.PolicyDocument);
  for (const each of rolesOf(properties, place)) each.attach(policyArn);
  return { ref: policyArn, attributes: { PolicyArn: policyArn } };
}

/** Roles that a policy is for. Users and groups are not part of the rehearsal. */
function rolesOf({ Roles = [] }: Properties, { world: { iam }, logicalId }: ResourceContext): Role[] {
  return (Roles as string[]).map((name) => {
    const found = iam.role(name);
    if (found) return found;
    throw new Error(`policy ${logicalId}: found no role ${name}`);
  });
}

/** AWS::IAM::InstanceProfile */
export function instanceProfile(properties: Properties, place: ResourceContext): Created {
  const name = String(properties.InstanceProfileName ?? generatedName(place, 128));
  const profile = iamArn('instance-profile', properties, name, place);
  const [roleName = ''] = properties.Roles as string[];
  place.world.ec2.profiles.add({ name, arn: profile, role: roleName, roleId: roleId(roleName) });
  return { ref: name, attributes: { Arn: profile } };
}

/** IAM is global: its ARNs name no region. */
function iamArn(kind: string, { Path = '/' }: Properties, name: string, place: ResourceContext): string {
  return arn({ ...place, stack: { ...place.stack, region: '' } }, 'iam', `${kind}${Path}${name}`);
}

function roleId(name: string): string {
  return `AROA${hash('sha256', name).slice(0, 17).toUpperCase()}`;
}
