import { notModelled } from '../model/error.ts';
import type { Call } from '../model/faults.ts';
import type { ServiceName } from '../model/operations.ts';
import type { World } from '../model/world.ts';
import type { Need } from './need.ts';
import { autoScalingNeeds } from './needs/auto-scaling.ts';
import { stackNeeds } from './needs/cloudformation.ts';
import { ec2Needs } from './needs/ec2.ts';
import { elbNeeds } from './needs/elb.ts';
import { logNeeds } from './needs/logs.ts';
import { s3Needs } from './needs/s3.ts';
import { secretNeeds } from './needs/secrets.ts';
import { ssmNeeds } from './needs/ssm.ts';
import { stateNeeds } from './needs/states.ts';

/** Rights that one operation needs, as the service authorization reference says. */
export type NeedsOf = (input: never, world: World) => Need[];

const services: Readonly<Partial<Record<ServiceName, Readonly<Record<string, NeedsOf>>>>> = {
  ssm: ssmNeeds,
  s3: s3Needs,
  secretsmanager: secretNeeds,
  ec2: ec2Needs,
  autoscaling: autoScalingNeeds,
  elasticloadbalancing: elbNeeds,
  states: stateNeeds,
  logs: logNeeds,
  cloudformation: stackNeeds,
};

/** Rights that a call needs. An operation whose rights are not known is refused by name. */
export function needsOf({ service, operation, input }: Call, world: World): Need[] {
  const known = services[service as ServiceName]?.[operation];
  if (!known) throw notModelled(`the rights of ${service}:${operation}`);
  return known(input as never, world);
}
