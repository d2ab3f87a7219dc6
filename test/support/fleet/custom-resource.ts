import type { Objects } from '../../../lib/aws/objects.ts';
import { tags } from '../../../lib/config/resource-names.ts';
import type { ListenerRulesDeps } from '../../../lib/custom-resource/listener-rules.ts';
import { connectResource } from '../../../lib/lambda/custom-resource.ts';
import type { Stack } from '../../../lib/local-aws/model/cloudformation/cloudformation.ts';
import { requestHandler } from '../../../lib/local-aws/wire/request-handler.ts';
import type { World } from '../../../lib/local-aws/world.ts';
import type { Colour } from '../../../lib/release/colour.ts';
import type { VirtualClock } from '../../../lib/simulation/virtual-clock.ts';
import { fixture, launchTemplate, listener, targetGroup } from '../local-aws/world.ts';

/** A local AWS with two listeners and the target groups of service `web` in environment `test`. */
export interface Stage {
  world: World;
  clock: VirtualClock;
  deps: ListenerRulesDeps & { objects: Objects };
  listener: string;
  testListener: string;
  groups: Record<Colour, string>;
  /** The stack that holds the custom resource `rules`. */
  stack: Stack;
  /** Properties of the custom resource; `undefined` takes one away. */
  properties(changed?: Record<string, unknown>): Record<string, unknown>;
  /** A fleet with two instances behind a target group. */
  fleet(name: string, service?: string, targetGroups?: string[]): void;
  fleets(): string[];
  /** Priority, conditions and actions of the rules of a listener. */
  rules(listenerArn: string): string[];
}

const labels = (service: string) => ({ [tags.environment]: 'test', [tags.service]: service });

export function stage(): Stage {
  const { world, clock } = fixture();
  const deps = {
    ...connectResource({
      variables: {
        HOLDFAST_ENVIRONMENT: 'test',
        HOLDFAST_BUCKET: 'store',
        HOLDFAST_SETTLE_MACHINE: 'arn:aws:states:us-east-1:000000000000:stateMachine:settle',
        AWS_ENDPOINT_URL: 'http://127.0.0.1',
      },
      options: {
        region: 'us-east-1',
        maxAttempts: 1,
        requestHandler: requestHandler(world),
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      },
    }),
    now: () => clock.now(),
    sleep: (milliseconds: number) => new Promise<void>((resolve) => void clock.after(milliseconds, resolve)),
  };
  world.s3.createBucket({ Bucket: 'store' });
  const stack = stackOf(world);
  const production = listener(world);
  const { LoadBalancerArn } =
    world.elb.describeListeners({ ListenerArns: [production] }).Listeners?.[0] ?? {};
  const testListener = world.elb.createListener({ LoadBalancerArn, Port: 8080, DefaultActions: [] })
    .Listeners?.[0]?.ListenerArn as string;
  const groups = { blue: targetGroup(world, 'blue'), green: targetGroup(world, 'green') };
  world.elb.addTags({
    ResourceArns: Object.values(groups),
    Tags: Object.entries(labels('web')).map(([Key, Value]) => ({ Key, Value })),
  });
  const template = launchTemplate(world);
  return {
    world,
    clock,
    deps,
    listener: production,
    testListener,
    groups,
    stack,
    properties: (changed = {}) => ({
      ServiceToken: 'arn',
      Environment: 'test',
      Service: 'web',
      Listener: production,
      TestListener: testListener,
      Priority: '100',
      Hosts: ['shop.example.com'],
      Paths: [],
      Blue: groups.blue,
      Green: groups.green,
      ...changed,
    }),
    fleet(name, service = 'web', targetGroups = [groups.blue]) {
      world.autoScaling.createAutoScalingGroup({
        AutoScalingGroupName: name,
        MinSize: 2,
        MaxSize: 4,
        DesiredCapacity: 2,
        LaunchTemplate: { LaunchTemplateId: template, Version: '1' },
        VPCZoneIdentifier: 'subnet-1',
        TargetGroupARNs: targetGroups,
        Tags: Object.entries(labels(service)).map(([Key, Value]) => ({
          Key,
          Value,
          PropagateAtLaunch: true,
        })),
      });
    },
    fleets: () =>
      (world.autoScaling.describeAutoScalingGroups({}).AutoScalingGroups ?? []).map(
        ({ AutoScalingGroupName = '' }) => AutoScalingGroupName,
      ),
    rules: (listenerArn) => describeRules(world, listenerArn, groups),
  };
}

function stackOf({ cloudFormation }: World): Stack {
  cloudFormation.createStack({ StackName: 'holdfast-test-service-web' });
  const stack = cloudFormation.find('holdfast-test-service-web');
  if (!stack) throw new Error('the stack was not made');
  const type = 'Custom::HoldfastListenerRules';
  stack.resources.set('rules', { type, physicalId: 'holdfast-test-web', status: 'DELETE_IN_PROGRESS' });
  stack.status = 'DELETE_IN_PROGRESS';
  return stack;
}

function describeRules(world: World, listenerArn: string, groups: Record<Colour, string>): string[] {
  const { Rules = [] } = world.elb.describeRules({ ListenerArn: listenerArn });
  return Rules.filter(({ IsDefault }) => !IsDefault).map(({ Priority, Conditions = [], Actions = [] }) => {
    const where = Conditions.flatMap(({ HostHeaderConfig, PathPatternConfig }) => [
      ...(HostHeaderConfig?.Values ?? []),
      ...(PathPatternConfig?.Values ?? []),
    ]);
    const does = Actions.map(({ FixedResponseConfig, ForwardConfig }) =>
      FixedResponseConfig
        ? `answers ${FixedResponseConfig.StatusCode}`
        : (ForwardConfig?.TargetGroups ?? [])
            .map(
              ({ TargetGroupArn, Weight }) =>
                `${TargetGroupArn === groups.blue ? 'blue' : 'green'} ${Weight}`,
            )
            .join(', '),
    );
    return `${Priority} ${where.join(' ')}: ${does.join()}`;
  });
}
