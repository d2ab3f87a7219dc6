import { Annotations, type App } from 'aws-cdk-lib';
import { Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { EnvironmentStack } from '../stack.ts';
import { bucketName, stackNames } from '../stack-names.ts';
import { ServiceAlarms } from './alarms.ts';
import { InstanceLog } from './instance-log.ts';
import { InstanceRole } from './instance-role.ts';
import { LaunchTemplate } from './launch-template.ts';
import { ListenerRules } from './listener-rules.ts';
import type { ServiceStackProps } from './service-props.ts';
import { serviceSettings } from './settings.ts';
import { SettingsParameter } from './settings-parameter.ts';
import { TargetGroups } from './target-groups.ts';
import { userData } from './user-data.ts';

/** The shape of one service. No template holds what moves: groups, weights, records, the journal. */
export class ServiceStack extends EnvironmentStack {
  constructor(app: App, props: ServiceStackProps) {
    const { name, service } = props;
    super(app, stackNames.service(name, service), `Holdfast ${name}: service ${service}`, props);
    this.addStackDependency(props.store, 'its instances fetch the agent');
    if (props.settings.metadata === undefined) this.warnOfMetadata(service);
    const log = new InstanceLog(this, 'log', { environment: name, service, settings: props.settings });
    const { role, template } = this.instances(props);
    const targetGroups = this.targetGroups(props);
    const rules = this.rules(props, targetGroups);
    // Deleted before the resources that its fleets live on.
    rules.node.addDependency(role, template, log);
    const parts = { role, template, rules, targetGroups };
    new SettingsParameter(this, 'settings', serviceSettings(this, props, parts));
    if (targetGroups) this.alarms(props, targetGroups);
  }

  private warnOfMetadata(service: string): void {
    Annotations.of(this).addWarningV2(
      'holdfast:metadata',
      `service ${service}: only root on its instances has their role; if the service itself calls AWS with it, set metadata: 'service' or { users: [...] }, else metadata: 'root'`,
    );
  }

  private instances(props: ServiceStackProps) {
    const { name: environment, service, settings, assets, store } = props;
    const role = new InstanceRole(this, 'instance', { environment, service, settings, key: store.key });
    const template = new LaunchTemplate(this, 'launch', {
      environment,
      service,
      settings,
      tags: props.environment.tags,
      role,
      securityGroup: this.securityGroup(props),
      userData: userData(
        {
          environment,
          service,
          role: settings.role ?? service,
          bucket: bucketName(this, environment),
          settings,
        },
        assets,
      ),
    });
    return { role, template };
  }

  /**
   * Open to the load balancer on every port, with or without a route. The balancer sends only to the port of a target
   * group, and a rule that follows the configuration would cut off the fleet of an earlier port.
   */
  private securityGroup({ service, network }: ServiceStackProps): SecurityGroup {
    const group = new SecurityGroup(this, 'group', {
      vpc: network.vpc,
      description: `Instances of ${service}`,
    });
    const { securityGroupId } = network.balancer.securityGroup;
    group.addIngressRule(Peer.securityGroupId(securityGroupId), Port.allTcp(), 'Load balancer');
    return group;
  }

  private targetGroups({ name, service, settings, network }: ServiceStackProps): TargetGroups | undefined {
    if (!settings.route || settings.port === undefined) return undefined;
    return new TargetGroups(this, 'targets', {
      environment: name,
      service,
      port: settings.port,
      vpc: network.vpc,
    });
  }

  private rules(props: ServiceStackProps, targetGroups: TargetGroups | undefined): ListenerRules {
    const { route, rollout } = props.settings;
    const { ruleSeconds } = rollout;
    const { balancer } = props.network;
    return new ListenerRules(this, 'rules', {
      environment: props.name,
      service: props.service,
      handlerArn: props.rollout.listenerRulesArn,
      ...(route && targetGroups && { behind: { route, targetGroups, balancer, ruleSeconds } }),
    });
  }

  private alarms({ name, service, network, rollout }: ServiceStackProps, targetGroups: TargetGroups): void {
    new ServiceAlarms(this, 'alarms', {
      environment: name,
      service,
      targetGroups,
      loadBalancer: network.balancer.loadBalancer.loadBalancerFullName,
      topic: rollout.topic,
    });
  }
}
