import type { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { SSMClient } from '@aws-sdk/client-ssm';
import type { World } from '../local-aws/world.ts';
import type { Caller } from './process.ts';

/** One client for each AWS service that steps, custom resources and instances call. */
export interface Clients {
  autoScaling: AutoScalingClient;
  cloudFormation: CloudFormationClient;
  balancing: ElasticLoadBalancingV2Client;
  ec2: EC2Client;
  s3: S3Client;
  ssm: SSMClient;
  states: SFNClient;
}

/**
 * Connection between the callers of a simulation and its local AWS: direct, or through the SDK's own clients and the
 * wire.
 */
export interface Link {
  connect(world: World, caller: Caller): Clients;
  /** Runs everything that can run without time passing. */
  settled(): Promise<void>;
}
