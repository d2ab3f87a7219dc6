import { setTimeout as sleep } from 'node:timers/promises';
import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SSMClient } from '@aws-sdk/client-ssm';
import { HoldfastError } from '../release/errors.ts';
import { elasticLoadBalancing } from './balancer.ts';
import { connection, storeOptions } from './connection.ts';
import { stepFunctionsExecutions } from './executions.ts';
import { autoScalingGroups } from './groups.ts';
import { storedJournals } from './journals.ts';
import { s3Objects } from './objects.ts';
import { ssmParameters } from './parameters.ts';
import { listenerRules } from './rules.ts';

/** What the custom resource of a service talks to. */
export function resourceDeps(environment: NodeJS.ProcessEnv) {
  const options = connection(environment);
  const balancing = new ElasticLoadBalancingV2Client(options);
  return {
    rules: listenerRules(balancing),
    balancer: elasticLoadBalancing(balancing),
    groups: autoScalingGroups(new AutoScalingClient(options)),
    parameters: ssmParameters(new SSMClient(options)),
    executions: stepFunctionsExecutions(new SFNClient(options)),
    journals: storedJournals(bucketObjects(environment, storeOf(environment))),
    clock: { now: Date.now, sleep: (milliseconds: number) => sleep(milliseconds) },
  };
}

/** Objects of a bucket. */
export function bucketObjects(environment: NodeJS.ProcessEnv, bucket: string) {
  return s3Objects(new S3Client({ ...connection(environment), ...storeOptions(environment) }), bucket);
}

function storeOf({ HOLDFAST_BUCKET: bucket }: NodeJS.ProcessEnv): string {
  if (bucket) return bucket;
  throw new HoldfastError(
    'InvalidInput',
    'HOLDFAST_BUCKET: found nothing, expected the name of the store bucket',
  );
}
