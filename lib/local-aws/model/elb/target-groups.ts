import type {
  CreateTargetGroupInput,
  TargetGroup as DescribedTargetGroup,
  DescribeTargetGroupsInput,
  ModifyTargetGroupAttributesInput,
  ModifyTargetGroupInput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../error.ts';
import { changedCheck } from './health-check.ts';
import { defaultAttributes, newTargetGroup, type TargetGroup } from './target-group.ts';

/** The target groups by ARN. */
export class TargetGroups {
  readonly byArn = new Map<string, TargetGroup>();
  readonly #newArn: (name: string) => string;

  constructor(newArn: (name: string) => string) {
    this.#newArn = newArn;
  }

  create(input: CreateTargetGroupInput): TargetGroup {
    const name = input.Name ?? '';
    if ([...this.byArn.values()].some((group) => group.name === name))
      throw new AwsError('DuplicateTargetGroupName', `A target group with the name '${name}' exists`);
    const group = newTargetGroup(this.#newArn(name), input);
    this.byArn.set(group.arn, group);
    return group;
  }

  modify(input: ModifyTargetGroupInput): TargetGroup {
    const group = this.find(input.TargetGroupArn);
    group.check = changedCheck(group.check, input);
    return group;
  }

  modifyAttributes(input: ModifyTargetGroupAttributesInput): TargetGroup {
    const group = this.find(input.TargetGroupArn);
    for (const { Key = '', Value = '' } of input.Attributes ?? []) {
      if (!(Key in defaultAttributes))
        throw new AwsError(
          'InvalidConfigurationRequest',
          `Target group attribute key '${Key}' is not recognized`,
        );
      group.attributes.set(Key, Value);
    }
    return group;
  }

  select(input: DescribeTargetGroupsInput): TargetGroup[] {
    if (input.TargetGroupArns?.length) return input.TargetGroupArns.map((arn) => this.find(arn));
    const all = [...this.byArn.values()];
    if (!input.Names?.length) return all;
    return input.Names.map((name) => all.find((group) => group.name === name) ?? this.find(name));
  }

  find(arn: string | undefined): TargetGroup {
    const group = this.byArn.get(arn ?? '');
    if (!group) throw new AwsError('TargetGroupNotFound', `One or more target groups not found: ${arn}`);
    return group;
  }
}

/** A target group as the API shows it. */
export function describeGroup(group: TargetGroup, balancers: string[]): DescribedTargetGroup {
  return {
    TargetGroupArn: group.arn,
    TargetGroupName: group.name,
    Protocol: group.protocol as DescribedTargetGroup['Protocol'],
    Port: group.port,
    VpcId: group.vpc,
    TargetType: 'instance',
    HealthCheckProtocol: 'HTTP',
    HealthCheckPort: 'traffic-port',
    HealthCheckEnabled: true,
    HealthCheckPath: group.check.path,
    HealthCheckIntervalSeconds: group.check.intervalSeconds,
    HealthCheckTimeoutSeconds: group.check.timeoutSeconds,
    HealthyThresholdCount: group.check.healthyThreshold,
    UnhealthyThresholdCount: group.check.unhealthyThreshold,
    Matcher: { HttpCode: group.check.matcher },
    LoadBalancerArns: balancers,
  };
}
