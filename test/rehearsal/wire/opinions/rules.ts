import { CreateSubnetCommand, CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  DeleteTargetGroupCommand,
  DescribeRulesCommand,
  DescribeTagsCommand,
  ElasticLoadBalancingV2Client,
  ModifyRuleCommand,
  SetRulePrioritiesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { type Asked, outcome } from './asked.ts';

/** Listener rules, weights and tags. */
export async function ruleStory(config: Asked): Promise<void> {
  const elb = new ElasticLoadBalancingV2Client(config);
  const place = await network(new EC2Client(config), config.name);
  const { LoadBalancers } = await elb.send(
    new CreateLoadBalancerCommand({ Name: 'main', Subnets: place.subnets }),
  );
  const { Listeners } = await elb.send(
    new CreateListenerCommand({
      LoadBalancerArn: LoadBalancers?.[0]?.LoadBalancerArn,
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
    }),
  );
  const ListenerArn = Listeners?.[0]?.ListenerArn;
  const group = async (Name: string) =>
    (
      await elb.send(
        new CreateTargetGroupCommand({
          Name,
          Port: 80,
          Protocol: 'HTTP',
          VpcId: place.vpc,
          TargetType: 'instance',
        }),
      )
    ).TargetGroups?.[0]?.TargetGroupArn ?? '';
  const [blue, green] = [await group('blue'), await group('green')];
  const forward = (weights: [string, number][]) => [
    {
      Type: 'forward' as const,
      ForwardConfig: {
        TargetGroups: weights.map(([TargetGroupArn, Weight]) => ({ TargetGroupArn, Weight })),
      },
    },
  ];
  const create = (Priority: number, path: string) =>
    elb.send(
      new CreateRuleCommand({
        ListenerArn,
        Priority,
        Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: [path] } }],
        Actions: forward([
          [blue, 100],
          [green, 0],
        ]),
        Tags: [{ Key: 'service', Value: 'web' }],
      }),
    );
  const RuleArn = (await create(10, '/a*')).Rules?.[0]?.RuleArn ?? '';
  expect(await outcome(create(10, '/b*'))).toBe('PriorityInUseException');
  await elb.send(
    new ModifyRuleCommand({
      RuleArn,
      Actions: forward([
        [blue, 0],
        [green, 100],
      ]),
    }),
  );
  await elb.send(new SetRulePrioritiesCommand({ RulePriorities: [{ RuleArn, Priority: 20 }] }));
  const described = await elb.send(new DescribeRulesCommand({ RuleArns: [RuleArn] }));
  expect(described.Rules).toMatchObject([
    {
      RuleArn,
      Priority: '20',
      IsDefault: false,
      Conditions: [{ Field: 'path-pattern' }],
      Actions: forward([
        [blue, 0],
        [green, 100],
      ]),
    },
  ]);
  const all = await elb.send(new DescribeRulesCommand({ ListenerArn }));
  expect(all.Rules?.map(({ Priority }) => Priority)).toEqual(['20', 'default']);
  const tags = await elb.send(new DescribeTagsCommand({ ResourceArns: [RuleArn] }));
  expect(tags.TagDescriptions).toEqual([{ ResourceArn: RuleArn, Tags: [{ Key: 'service', Value: 'web' }] }]);
  expect(await outcome(elb.send(new DeleteTargetGroupCommand({ TargetGroupArn: green })))).toBe(
    'ResourceInUseException',
  );
  expect(await outcome(elb.send(new DescribeRulesCommand({ RuleArns: [`${RuleArn}0`] })))).toBe(
    'RuleNotFoundException',
  );
}

/** A network for a load balancer, where the endpoint wants to know one. */
async function network(ec2: EC2Client, name: string): Promise<{ vpc: string; subnets: string[] }> {
  if (name !== 'moto') return { vpc: 'vpc-1', subnets: ['subnet-1', 'subnet-2'] };
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const VpcId = Vpc?.VpcId;
  const subnets = await Promise.all(
    ['a', 'b'].map(async (zone, index) => {
      const { Subnet } = await ec2.send(
        new CreateSubnetCommand({
          VpcId,
          CidrBlock: `10.0.${index}.0/24`,
          AvailabilityZone: `us-east-1${zone}`,
        }),
      );
      return Subnet?.SubnetId ?? '';
    }),
  );
  return { vpc: VpcId ?? '', subnets };
}
