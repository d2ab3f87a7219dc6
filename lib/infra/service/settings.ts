import type { Construct } from 'constructs';
import { healthSchema } from '../../config/service.ts';
import type { Settings } from '../../config/settings.ts';
import { bucketName } from '../stack-names.ts';
import type { InstanceRole } from './instance-role.ts';
import type { LaunchTemplate } from './launch-template.ts';
import type { ListenerRules } from './listener-rules.ts';
import type { ServiceStackProps } from './service-props.ts';
import type { TargetGroups } from './target-groups.ts';

export interface ServiceParts {
  role: InstanceRole;
  template: LaunchTemplate;
  rules: ListenerRules;
  /** Left out: the service does not stand behind the load balancer. */
  targetGroups: TargetGroups | undefined;
}

/** The settings of a service: its configuration and the ids of what the stack made. */
export function serviceSettings(
  scope: Construct,
  { name, service, settings, network }: ServiceStackProps,
  { role, template, rules, targetGroups }: ServiceParts,
): Settings {
  const { image, imageBuild, instanceType, node, configurationBranch, route, log, ...rest } = settings;
  const { role: roleName = service, health, ...told } = rest;
  return {
    schema: 1,
    environment: name,
    service,
    role: roleName,
    roleId: role.roleId,
    bucket: bucketName(scope, name),
    ...told,
    log: { everySeconds: log.everySeconds },
    ...(route && { health: health ?? healthSchema.parse({}) }),
    ...(!route && health && { health }),
    launchTemplate: { id: template.id, build: template.build },
    subnets: network.vpc.privateSubnets.map(({ subnetId }) => subnetId),
    ...(targetGroups && {
      balancer: {
        rule: rules.rule,
        testRule: rules.testRule,
        targetGroups: { blue: targetGroups.blue.ref, green: targetGroups.green.ref },
      },
    }),
  };
}
