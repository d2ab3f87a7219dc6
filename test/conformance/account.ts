import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SSMClient } from '@aws-sdk/client-ssm';
import { storeOptions } from '../../lib/aws/connection.ts';
import { type Adapters, adapters } from './adapters.ts';
import type { Asked, Opinion } from './opinions.ts';

/** The SDK's own clients of an endpoint. */
export interface Clients {
  ssm: SSMClient;
  s3: S3Client;
  secrets: SecretsManagerClient;
  autoScaling: AutoScalingClient;
  elb: ElasticLoadBalancingV2Client;
  ec2: EC2Client;
  states: SFNClient;
  logs: CloudWatchLogsClient;
  cloudFormation: CloudFormationClient;
}

/** Whom a story is told to: the clients prepare, the adapters are what is tested. */
export interface Account extends Asked {
  opinion: Opinion['name'];
  clients: Clients;
  adapters: Adapters;
}

/** How clients reach an endpoint. */
export function options(url: string) {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return { region: 'us-east-1', endpoint: url, credentials, maxAttempts: 1 };
}

/** Clients and adapters of an account. `verbs` takes the names of those that are called. */
export function connected(opinion: Opinion['name'], asked: Asked, verbs: Set<string>): Account {
  const given = options(asked.url);
  const clients = {
    ssm: new SSMClient(given),
    s3: new S3Client({ ...given, ...storeOptions({ AWS_ENDPOINT_URL: asked.url }) }),
    secrets: new SecretsManagerClient(given),
    autoScaling: new AutoScalingClient(given),
    elb: new ElasticLoadBalancingV2Client(given),
    ec2: new EC2Client(given),
    states: new SFNClient(given),
    logs: new CloudWatchLogsClient(given),
    cloudFormation: new CloudFormationClient(given),
  };
  return {
    ...asked,
    opinion,
    clients,
    adapters: adapters(clients, asked.metadata, verbs),
    async close() {
      for (const client of Object.values(clients)) client.destroy();
      await asked.close();
    },
  };
}
