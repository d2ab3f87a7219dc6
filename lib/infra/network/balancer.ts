import { type IVpc, Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import {
  ApplicationListener,
  ApplicationLoadBalancer,
  ApplicationProtocol,
  ListenerAction,
  SslPolicy,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Environment } from '../../config/schema.ts';
import { suppressFinding } from '../suppress-finding.ts';
import { privateRanges } from './vpc.ts';

export interface BalancerProps {
  environment: Environment;
  vpc: IVpc;
  logs: IBucket;
}

/** The load balancer of an environment. Its rules belong to the services; this stack holds none. */
export class Balancer extends Construct {
  readonly loadBalancer: ApplicationLoadBalancer;
  readonly securityGroup: SecurityGroup;
  readonly production: ApplicationListener;
  readonly test: ApplicationListener;

  constructor(scope: Construct, id: string, { environment, vpc, logs }: BalancerProps) {
    super(scope, id);
    const { certificate, internetFacing, terminationProtection } = environment;
    this.securityGroup = new SecurityGroup(this, 'group', {
      vpc,
      description: 'Load balancer: clients in, services out',
    });
    this.loadBalancer = new ApplicationLoadBalancer(this, 'balancer', {
      vpc,
      internetFacing,
      securityGroup: this.securityGroup,
      dropInvalidHeaderFields: true,
      deletionProtection: terminationProtection,
    });
    this.loadBalancer.logAccessLogs(logs, 'balancer');
    this.production = this.listener('production', certificate ? 443 : 80, certificate);
    this.test = this.listener('test', certificate ? 8443 : 8080, certificate);
    if (certificate) this.redirect();
    this.admit(environment);
  }

  /** A listener that answers 404 unless a service's rule matches. */
  private listener(id: string, port: number, certificate: string | undefined): ApplicationListener {
    return new ApplicationListener(this, id, {
      loadBalancer: this.loadBalancer,
      port,
      protocol: certificate ? ApplicationProtocol.HTTPS : ApplicationProtocol.HTTP,
      ...(certificate && {
        certificates: [{ certificateArn: certificate }],
        sslPolicy: SslPolicy.RECOMMENDED_TLS,
      }),
      open: false,
      defaultAction: ListenerAction.fixedResponse(404, {
        contentType: 'text/plain',
        messageBody: 'no service answers here',
      }),
    });
  }

  private redirect(): void {
    const redirect = new ApplicationListener(this, 'redirect', {
      loadBalancer: this.loadBalancer,
      port: 80,
      protocol: ApplicationProtocol.HTTP,
      open: false,
      defaultAction: ListenerAction.redirect({ protocol: 'HTTPS', port: '443', permanent: true }),
    });
    // The redirect must take port 80 only after the production listener has left it.
    redirect.node.addDependency(this.production);
  }

  /**
   * Clients reach the production listener from the side that the load balancer faces, and the test listener only from
   * inside.
   */
  private admit({ certificate, internetFacing, vpc }: Environment): void {
    const inside = privateRanges(vpc);
    for (const port of certificate ? [443, 80] : [80])
      for (const range of internetFacing ? ['0.0.0.0/0'] : inside)
        this.securityGroup.addIngressRule(Peer.ipv4(range), Port.tcp(port), 'Clients');
    for (const range of inside)
      this.securityGroup.addIngressRule(Peer.ipv4(range), Port.tcp(certificate ? 8443 : 8080), 'Tests');
    if (internetFacing)
      suppressFinding(
        this.securityGroup,
        'AwsSolutions-EC23',
        'the load balancer faces the internet, as configured',
      );
  }
}
