import { RemovalPolicy } from 'aws-cdk-lib';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import { CfnTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { tags } from '../../config/resource-names.ts';
import { type Colour, colours } from '../../release/colour.ts';

export interface TargetGroupsProps {
  environment: string;
  service: string;
  port: number;
  vpc: IVpc;
}

/**
 * The two target groups of a service. They hold only properties that no update can change: the workflow sets health
 * check, draining and stickiness on the candidate's. Another port creates another pair under other logical ids. The
 * old pair stays, because a fleet may live behind it, until the workflow removes it.
 */
export class TargetGroups extends Construct {
  readonly blue: CfnTargetGroup;
  readonly green: CfnTargetGroup;

  constructor(scope: Construct, id: string, props: TargetGroupsProps) {
    super(scope, id);
    this.blue = this.group('blue', props);
    this.green = this.group('green', props);
  }

  /** Both target groups with their colours. */
  get all(): { colour: Colour; group: CfnTargetGroup }[] {
    return colours.map((colour) => ({ colour, group: this[colour] }));
  }

  private group(colour: Colour, { environment, service, port, vpc }: TargetGroupsProps): CfnTargetGroup {
    const group = new CfnTargetGroup(this, `${colour}-http-${port}`, {
      targetType: 'instance',
      protocol: 'HTTP',
      port,
      vpcId: vpc.vpcId,
      tags: Object.entries({
        [tags.environment]: environment,
        [tags.service]: service,
        [tags.colour]: colour,
      }).map(([key, value]) => ({ key, value })),
    });
    group.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    return group;
  }
}
