import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SSMClient } from '@aws-sdk/client-ssm';
import { requestHandler } from '../../../lib/local-aws/wire/request-handler.ts';
import { serve } from '../../../lib/local-aws/wire/serve.ts';
import { type Fixture, fixture } from './world.ts';

/** The SDK's own clients, connected to a world. */
export interface Clients extends Fixture {
  ssm: SSMClient;
  s3: S3Client;
  secrets: SecretsManagerClient;
  autoScaling: AutoScalingClient;
  elb: ElasticLoadBalancingV2Client;
  ec2: EC2Client;
  states: SFNClient;
  cloudWatch: CloudWatchClient;
  logs: CloudWatchLogsClient;
  cloudFormation: CloudFormationClient;
  close(): Promise<void>;
}

export type Transport = 'memory' | 'http';
export const transports: Transport[] = ['memory', 'http'];

/** Clients of a new world through the in-memory handler, or through real HTTP on loopback. */
export async function clients(transport: Transport): Promise<Clients> {
  const local = fixture();
  const endpoint = transport === 'http' ? await serve(local.world) : undefined;
  const config = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
    ...(endpoint ? { endpoint: endpoint.url } : { requestHandler: requestHandler(local.world) }),
  };
  const all = {
    ssm: new SSMClient(config),
    s3: new S3Client({ ...config, forcePathStyle: true }),
    secrets: new SecretsManagerClient(config),
    autoScaling: new AutoScalingClient(config),
    elb: new ElasticLoadBalancingV2Client(config),
    ec2: new EC2Client(config),
    states: new SFNClient(config),
    cloudWatch: new CloudWatchClient(config),
    logs: new CloudWatchLogsClient(config),
    cloudFormation: new CloudFormationClient(config),
  };
  return {
    ...local,
    ...all,
    async close() {
      for (const client of Object.values(all)) client.destroy();
      await endpoint?.close();
      local.world.close();
    },
  };
}
