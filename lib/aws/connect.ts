import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SSMClient } from '@aws-sdk/client-ssm';
import { HoldfastError } from '../release/errors.ts';
import { gitRefs } from '../rollout/refs.ts';
import type { Deps } from '../steps/deps.ts';
import { elasticLoadBalancing } from './balancer.ts';
import { connection, storeOptions } from './connection.ts';
import { stepFunctionsExecutions } from './executions.ts';
import { autoScalingGroups } from './groups.ts';
import { ec2Instances } from './instances.ts';
import { storedJournals } from './journals.ts';
import { lifecycleActions } from './lifecycle.ts';
import { s3Objects } from './objects.ts';
import { ssmParameters } from './parameters.ts';
import { autoScalingPolicies } from './policies.ts';
import { managedSecrets } from './secrets.ts';
import { ec2Templates } from './templates.ts';

/** One client for each service of AWS. */
export interface Clients {
  autoScaling: AutoScalingClient;
  ec2: EC2Client;
  balancing: ElasticLoadBalancingV2Client;
  s3: S3Client;
  secrets: SecretsManagerClient;
  states: SFNClient;
  ssm: SSMClient;
}

/** Clients as the environment says. */
export function clientsOf(environment: NodeJS.ProcessEnv): Clients {
  const options = connection(environment);
  return {
    autoScaling: new AutoScalingClient(options),
    ec2: new EC2Client(options),
    balancing: new ElasticLoadBalancingV2Client(options),
    s3: new S3Client({ ...options, ...storeOptions(environment) }),
    secrets: new SecretsManagerClient(options),
    states: new SFNClient(options),
    ssm: new SSMClient(options),
  };
}

/** What the steps work with, over the real adapters. */
export function connect(environment: NodeJS.ProcessEnv, clients: Clients = clientsOf(environment)): Deps {
  const bucket = variable(environment, 'HOLDFAST_BUCKET');
  const objects = s3Objects(clients.s3, bucket);
  const secrets = managedSecrets(clients.secrets);
  return {
    environment: variable(environment, 'HOLDFAST_ENVIRONMENT'),
    bucket,
    settleMachine: variable(environment, 'HOLDFAST_SETTLE_MACHINE'),
    now: () => Date.now(),
    parameters: ssmParameters(clients.ssm),
    objects,
    journals: storedJournals(objects),
    groups: autoScalingGroups(clients.autoScaling),
    policies: autoScalingPolicies(clients.autoScaling),
    lifecycle: lifecycleActions(clients.autoScaling),
    templates: ec2Templates(clients.ec2),
    instances: ec2Instances(clients.ec2),
    balancer: elasticLoadBalancing(clients.balancing),
    executions: stepFunctionsExecutions(clients.states),
    refs: gitRefs((secret) => secrets.get(secret)),
  };
}

function variable(environment: NodeJS.ProcessEnv, name: string): string {
  const value = environment[name];
  if (value) return value;
  throw new HoldfastError(
    'InvalidInput',
    `${name}: found nothing in the environment; deploy the rollout stack again`,
  );
}
