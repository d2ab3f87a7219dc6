import { notModelled } from '../model/error.ts';
import type { Call } from '../model/faults.ts';
import type { ServiceName } from '../model/operations.ts';
import type { Account } from './account.ts';
import type { RequiredPermission } from './required-permission.ts';
import { autoScalingPermissions } from './required-permissions/auto-scaling.ts';
import { stackPermissions } from './required-permissions/cloudformation.ts';
import { ec2Permissions } from './required-permissions/ec2.ts';
import { elbPermissions } from './required-permissions/elb.ts';
import { logPermissions } from './required-permissions/logs.ts';
import { s3Permissions } from './required-permissions/s3.ts';
import { secretPermissions } from './required-permissions/secrets.ts';
import { ssmPermissions } from './required-permissions/ssm.ts';
import { statePermissions } from './required-permissions/states.ts';

/** Rights that one operation needs, as the service authorization reference says. */
export type RequiredPermissionsOf = (input: never, account: Account) => RequiredPermission[];

const services: Readonly<Partial<Record<ServiceName, Readonly<Record<string, RequiredPermissionsOf>>>>> = {
  cloudformation: stackPermissions,
  ssm: ssmPermissions,
  s3: s3Permissions,
  secretsmanager: secretPermissions,
  ec2: ec2Permissions,
  autoscaling: autoScalingPermissions,
  elasticloadbalancing: elbPermissions,
  states: statePermissions,
  logs: logPermissions,
};

/** Rights that a call needs. An operation whose rights are not known is refused by name. */
export function requiredPermissions(
  { service, operation, input }: Call,
  account: Account,
): RequiredPermission[] {
  const known = services[service as ServiceName]?.[operation];
  if (!known) throw notModelled(`the rights of ${service}:${operation}`);
  return known(input as never, account);
}
