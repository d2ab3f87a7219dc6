import { notModelled } from '../model/error.ts';
import type { Call } from '../model/faults.ts';
import type { ServiceName } from '../model/operations.ts';
import type { Account } from './account.ts';
import type { Need } from './required-permission.ts';
import { autoScalingNeeds } from './required-permissions/auto-scaling.ts';
import { ec2Needs } from './required-permissions/ec2.ts';
import { elbNeeds } from './required-permissions/elb.ts';
import { logNeeds } from './required-permissions/logs.ts';
import { s3Needs } from './required-permissions/s3.ts';
import { secretNeeds } from './required-permissions/secrets.ts';
import { ssmNeeds } from './required-permissions/ssm.ts';
import { stateNeeds } from './required-permissions/states.ts';

/** Rights that one operation needs, as the service authorization reference says. */
export type NeedsOf = (input: never, account: Account) => Need[];

const services: Readonly<Partial<Record<ServiceName, Readonly<Record<string, NeedsOf>>>>> = {
  ssm: ssmNeeds,
  s3: s3Needs,
  secretsmanager: secretNeeds,
  ec2: ec2Needs,
  autoscaling: autoScalingNeeds,
  elasticloadbalancing: elbNeeds,
  states: stateNeeds,
  logs: logNeeds,
};

/** Rights that a call needs. An operation whose rights are not known is refused by name. */
export function needsOf({ service, operation, input }: Call, account: Account): Need[] {
  const known = services[service as ServiceName]?.[operation];
  if (!known) throw notModelled(`the rights of ${service}:${operation}`);
  return known(input as never, account);
}
