import {
  FlowLogDestination,
  FlowLogTrafficType,
  GatewayVpcEndpointAwsService,
  IpAddresses,
  type IVpc,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Vpc as VpcConfig } from '../../config/schema.ts';
import { suppressFinding } from '../suppress-finding.ts';

/** The VPC that the configuration names or asks for. */
export function networkOf(scope: Construct, config: VpcConfig): IVpc {
  return 'create' in config ? createVpc(scope, config.create) : useVpc(scope, config);
}

/** Address ranges of clients inside the VPC: its own range, otherwise all private ones (RFC 1918). */
export function privateRanges(config: VpcConfig): string[] {
  const range = 'create' in config ? config.create.cidr : config.cidr;
  return range ? [range] : ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];
}

function createVpc(scope: Construct, config: Extract<VpcConfig, { create: unknown }>['create']): IVpc {
  const vpc = new Vpc(scope, 'vpc', {
    ipAddresses: IpAddresses.cidr(config.cidr),
    ...(typeof config.zones === 'number'
      ? { maxAzs: config.zones }
      : { availabilityZones: [...config.zones] }),
    natGateways: config.natGateways,
    subnetConfiguration: [
      { name: 'public', subnetType: SubnetType.PUBLIC, mapPublicIpOnLaunch: false },
      { name: 'private', subnetType: SubnetType.PRIVATE_WITH_EGRESS },
    ],
    // Overlays, archives and the agent come from S3 without passing the NAT gateway.
    gatewayEndpoints: { s3: { service: GatewayVpcEndpointAwsService.S3 } },
    // Nothing uses the default group. Emptying it would take a custom resource with permission to change groups.
    restrictDefaultSecurityGroup: false,
  });
  logFlows(vpc);
  suppressFinding(
    vpc,
    'CloudFormation-Validate::W3010',
    'zones are written down, so that no update moves a subnet when the region gains one',
  );
  return vpc as IVpc;
}

function logFlows(vpc: Vpc): void {
  const logGroup = new LogGroup(vpc, 'flows', { retention: RetentionDays.THREE_MONTHS });
  const role = new Role(vpc, 'flows-role', {
    assumedBy: new ServicePrincipal('vpc-flow-logs.amazonaws.com'),
  });
  vpc.addFlowLog('flow', {
    destination: FlowLogDestination.toCloudWatchLogs(logGroup, role),
    trafficType: FlowLogTrafficType.REJECT,
  });
}

function useVpc(scope: Construct, config: Exclude<VpcConfig, { create: unknown }>): IVpc {
  const vpc = Vpc.fromVpcAttributes(scope, 'vpc', {
    vpcId: config.id,
    availabilityZones: config.zones,
    privateSubnetIds: config.privateSubnets,
    publicSubnetIds: config.publicSubnets,
  });
  suppressFinding(vpc, '@aws-cdk/aws-ec2:noSubnetRouteTableId', 'no route of a VPC that is there is changed');
  return vpc;
}
