import { elasticLoadBalancing } from '../../lib/aws/balancer.ts';
import { stepFunctionsExecutions } from '../../lib/aws/executions.ts';
import { autoScalingGroups } from '../../lib/aws/groups.ts';
import { instanceCredentials } from '../../lib/aws/instance-credentials.ts';
import { ec2Instances } from '../../lib/aws/instances.ts';
import { storedJournals } from '../../lib/aws/journals.ts';
import { lifecycleActions } from '../../lib/aws/lifecycle.ts';
import { cloudWatchLogs } from '../../lib/aws/logs.ts';
import { instanceMetadata } from '../../lib/aws/metadata.ts';
import { s3Objects } from '../../lib/aws/objects.ts';
import { ssmParameters } from '../../lib/aws/parameters.ts';
import { autoScalingPolicies } from '../../lib/aws/policies.ts';
import { listenerRules } from '../../lib/aws/rules.ts';
import { managedSecrets } from '../../lib/aws/secrets.ts';
import { cloudFormationStacks } from '../../lib/aws/stacks.ts';
import { ec2Templates } from '../../lib/aws/templates.ts';
import { autoScalingPools } from '../../lib/aws/warm-pools.ts';
import type { Clients } from './account.ts';

/** The bucket of all stories. */
export const bucket = 'store';

/** All adapters of lib/aws; a verb that is called is noted by its name. */
export function adapters(clients: Clients, endpoint: string, verbs: Set<string>) {
  const environment = { AWS_EC2_METADATA_SERVICE_ENDPOINT: endpoint };
  const all = {
    parameters: ssmParameters(clients.ssm, { waitSeconds: 0 }),
    objects: s3Objects(clients.s3, bucket),
    journals: storedJournals(s3Objects(clients.s3, bucket)),
    secrets: managedSecrets(clients.secrets),
    executions: stepFunctionsExecutions(clients.states),
    groups: autoScalingGroups(clients.autoScaling),
    policies: autoScalingPolicies(clients.autoScaling),
    warmPools: autoScalingPools(clients.autoScaling),
    lifecycle: lifecycleActions(clients.autoScaling),
    logs: cloudWatchLogs(clients.logs),
    templates: ec2Templates(clients.ec2),
    instances: ec2Instances(clients.ec2),
    balancer: elasticLoadBalancing(clients.elb),
    rules: listenerRules(clients.elb),
    stacks: cloudFormationStacks(clients.cloudFormation),
    metadata: instanceMetadata(environment),
    credentials: { get: instanceCredentials(environment) },
  };
  for (const [name, adapter] of Object.entries(all)) noteVerbs(name, adapter, verbs);
  return all;
}

export type Adapters = ReturnType<typeof adapters>;

/** Names of all verbs, such as `parameters.get`. */
export function verbsOf(all: Adapters): string[] {
  return Object.entries(all).flatMap(([name, adapter]) =>
    Object.keys(adapter).map((verb) => `${name}.${verb}`),
  );
}

function noteVerbs(name: string, adapter: object, verbs: Set<string>): void {
  for (const [verb, call] of Object.entries(adapter)) {
    const noted = (...given: unknown[]) => {
      verbs.add(`${name}.${verb}`);
      return call(...given);
    };
    Object.assign(adapter, { [verb]: noted });
  }
}
