import type { App } from 'aws-cdk-lib';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { type EnvironmentProps, EnvironmentStack } from '../stack.ts';
import { stackNames } from '../stack-names.ts';
import { Balancer } from './balancer.ts';
import { networkOf } from './vpc.ts';

export interface NetworkStackProps extends EnvironmentProps {
  /** Takes the access logs of the load balancer. */
  logs: IBucket;
}

/** The VPC, created or used, and the load balancer that all services of the environment share. */
export class NetworkStack extends EnvironmentStack {
  readonly vpc: IVpc;
  readonly balancer: Balancer;

  constructor(app: App, props: NetworkStackProps) {
    const { name, environment, logs } = props;
    super(app, stackNames.network(name), `Holdfast ${name}: network and load balancer`, props);
    this.vpc = networkOf(this, environment.vpc);
    this.balancer = new Balancer(this, 'balancer', { environment, vpc: this.vpc, logs });
  }
}
