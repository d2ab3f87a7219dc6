import { setTimeout as sleep } from 'node:timers/promises';
import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SSMClient } from '@aws-sdk/client-ssm';
import { elasticLoadBalancing } from '../aws/balancer.ts';
import { type Connection, connection, storeOptions } from '../aws/connection.ts';
import { stepFunctionsExecutions } from '../aws/executions.ts';
import { autoScalingGroups } from '../aws/groups.ts';
import { ec2Instances } from '../aws/instances.ts';
import { storedJournals } from '../aws/journals.ts';
import { lifecycleActions } from '../aws/lifecycle.ts';
import { s3Objects } from '../aws/objects.ts';
import { ssmParameters } from '../aws/parameters.ts';
import { autoScalingPolicies } from '../aws/policies.ts';
import { managedSecrets } from '../aws/secrets.ts';
import { cloudFormationStacks, type Stacks } from '../aws/stacks.ts';
import { ec2Templates } from '../aws/templates.ts';
import { autoScalingPools } from '../aws/warm-pools.ts';
import { gitRefs } from '../git/branch-tips.ts';
import { HoldfastError } from '../release/errors.ts';
import type { Adapters, StepContext } from '../rollout/actions/step-context.ts';

/**
 * Environment variables and client options of a Lambda. Each function below brings its own clients, so that a
 * Lambda's bundle holds no others.
 */
export interface ClientOptions {
  variables: NodeJS.ProcessEnv;
  /** Options of every client, for example a request handler in memory. */
  options: Connection & {
    requestHandler?: object;
    credentials?: { accessKeyId: string; secretAccessKey: string };
  };
}

/** Variables and client options of the running Lambda. */
export function lambdaConnection(variables: NodeJS.ProcessEnv): ClientOptions {
  return { variables, options: connection(variables, 'step') };
}

/** Adapters that every step needs. */
export function store({ variables, options }: ClientOptions): StepContext {
  const bucket = variable(variables, 'HOLDFAST_BUCKET');
  const objects = s3Objects(new S3Client({ ...options, ...storeOptions(variables) }), bucket);
  return {
    environment: variable(variables, 'HOLDFAST_ENVIRONMENT'),
    bucket,
    now: () => Date.now(),
    sleep: (milliseconds: number) => sleep(milliseconds),
    objects,
    journals: storedJournals(objects),
  };
}

export function parameters({ options }: ClientOptions): Pick<Adapters, 'parameters'> {
  return { parameters: ssmParameters(new SSMClient(options)) };
}

export function groups({
  options,
}: ClientOptions): Pick<Adapters, 'groups' | 'policies' | 'warmPools' | 'lifecycle'> {
  const client = new AutoScalingClient(options);
  return {
    groups: autoScalingGroups(client),
    policies: autoScalingPolicies(client),
    warmPools: autoScalingPools(client),
    lifecycle: lifecycleActions(client),
  };
}

export function ec2({ options }: ClientOptions): Pick<Adapters, 'templates' | 'instances'> {
  const client = new EC2Client(options);
  return { templates: ec2Templates(client), instances: ec2Instances(client) };
}

export function balancer({ options }: ClientOptions): Pick<Adapters, 'balancer'> {
  return { balancer: elasticLoadBalancing(new ElasticLoadBalancingV2Client(options)) };
}

export function executions({
  variables,
  options,
}: ClientOptions): Pick<Adapters, 'executions' | 'settleMachine'> {
  return {
    executions: stepFunctionsExecutions(new SFNClient(options)),
    settleMachine: variable(variables, 'HOLDFAST_SETTLE_MACHINE'),
  };
}

export function stacks({ options }: ClientOptions): { stacks: Stacks } {
  return { stacks: cloudFormationStacks(new CloudFormationClient(options)) };
}

export function refs({ options }: ClientOptions): Pick<Adapters, 'refs'> {
  const secrets = managedSecrets(new SecretsManagerClient(options));
  return { refs: gitRefs((secret) => secrets.get(secret)) };
}

function variable(variables: NodeJS.ProcessEnv, name: string): string {
  const value = variables[name];
  if (value) return value;
  throw new HoldfastError(
    'InvalidInput',
    `${name}: found nothing in the environment; deploy the rollout stack again`,
  );
}
