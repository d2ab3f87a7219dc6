import { World, type WorldOptions } from '../../../lib/local-aws/world.ts';
import { VirtualClock } from '../../../lib/simulation/virtual-clock.ts';
import { FakeHosts } from './fake-hosts.ts';

export interface Fixture {
  clock: VirtualClock;
  hosts: FakeHosts;
  world: World;
}

/** A world on a virtual clock with hosts that do nothing. */
export function fixture(options: Partial<WorldOptions> = {}): Fixture {
  const clock = new VirtualClock();
  const hosts = new FakeHosts();
  return { clock, hosts, world: new World({ clock, hosts, ...options }) };
}

/** A launch template with one version. */
export function launchTemplate(world: World): string {
  const { LaunchTemplate } = world.ec2.createLaunchTemplate({
    LaunchTemplateName: `template-${world.ec2.templates.all().length}`,
    LaunchTemplateData: {
      ImageId: 'ami-00000001',
      InstanceType: 't4g.small',
      UserData: Buffer.from('#!/bin/sh\n').toString('base64'),
      MetadataOptions: { InstanceMetadataTags: 'enabled' },
    },
  });
  return LaunchTemplate?.LaunchTemplateId ?? '';
}

/** A target group; the ARN. */
export function targetGroup(world: World, name: string): string {
  const { TargetGroups } = world.elb.createTargetGroup({
    Name: name,
    Port: 8080,
    Protocol: 'HTTP',
    HealthCheckIntervalSeconds: 10,
    HealthCheckTimeoutSeconds: 4,
    HealthyThresholdCount: 2,
    UnhealthyThresholdCount: 2,
    HealthCheckPath: '/health',
  });
  return TargetGroups?.[0]?.TargetGroupArn ?? '';
}

/** A load balancer with a listener on port 80 that answers 404; the listener's ARN. */
export function listener(world: World): string {
  const { LoadBalancers } = world.elb.createLoadBalancer({ Name: 'main' });
  const { Listeners } = world.elb.createListener({
    LoadBalancerArn: LoadBalancers?.[0]?.LoadBalancerArn,
    Port: 80,
    DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
  });
  return Listeners?.[0]?.ListenerArn ?? '';
}

/** A rule for every path with these weights by target group; the ARN. */
export function rule(
  world: World,
  listenerArn: string,
  weights: Record<string, number>,
  priority = 10,
): string {
  const { Rules } = world.elb.createRule({
    ListenerArn: listenerArn,
    Priority: priority,
    Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/*'] } }],
    Actions: [forward(weights)],
  });
  return Rules?.[0]?.RuleArn ?? '';
}

export function forward(weights: Record<string, number>) {
  return {
    Type: 'forward' as const,
    ForwardConfig: {
      TargetGroups: Object.entries(weights).map(([TargetGroupArn, Weight]) => ({ TargetGroupArn, Weight })),
    },
  };
}

/** State of each target by instance id. */
export function health(world: World, group: string): Record<string, string> {
  const { TargetHealthDescriptions = [] } = world.elb.describeTargetHealth({ TargetGroupArn: group });
  return Object.fromEntries(
    TargetHealthDescriptions.map(({ Target, TargetHealth }) => [Target?.Id ?? '', TargetHealth?.State ?? '']),
  );
}
