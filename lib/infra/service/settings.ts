import type { Construct } from 'constructs';
import { healthSchema, type Service } from '../../config/service.ts';
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
  /** Left out: the service has no load balancer. */
  targetGroups: TargetGroups | undefined;
}

/**
 * Keys that only the stack reads. All other keys of the configuration must be settings too, or this does not compile.
 */
const readByStack: Record<Exclude<keyof Service, keyof Settings>, true> = {
  configurationBranch: true,
  image: true,
  imageBuild: true,
  instanceType: true,
  node: true,
  route: true,
};

/** Keys whose value in the settings differs from the configured one. */
type Resolved = 'role' | 'health' | 'log';
const resolved: readonly string[] = ['role', 'health', 'log'] satisfies Resolved[];

/** Keys of the configuration that the agent and the workflow read unchanged. */
function handedOn(service: Service): Omit<Pick<Service, keyof Service & keyof Settings>, Resolved> {
  const entries = Object.entries(service).filter(([key]) => !(key in readByStack || resolved.includes(key)));
  return Object.fromEntries(entries) as ReturnType<typeof handedOn>;
}

/** The settings of a service: its configuration and the ids of the stack's resources. */
export function serviceSettings(
  scope: Construct,
  { name, service, settings, network }: ServiceStackProps,
  { role, template, rules, targetGroups }: ServiceParts,
): Settings {
  const { role: roleName = service, route, health, log } = settings;
  return {
    schema: 1,
    environment: name,
    service,
    role: roleName,
    roleId: role.roleId,
    bucket: bucketName(scope, name),
    ...handedOn(settings),
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
