import { SSMClient } from '@aws-sdk/client-ssm';
import { connection, impatient, storeOptions } from './connection.ts';
import { instanceCredentials } from './instance-credentials.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { Logs } from './logs.ts';
import { instanceMetadata } from './metadata.ts';
import type { Objects } from './objects.ts';
import { type Parameters, ssmParameters } from './parameters.ts';
import type { Secrets } from './secrets.ts';

/** AWS clients of an instance. Parameters are needed every time; the other clients are loaded on demand. */
export interface InstanceClients {
  parameters: Parameters;
  objects(bucket: string): Promise<Objects>;
  secrets(): Promise<Secrets>;
  lifecycle(): Promise<Lifecycle>;
  logs(): Promise<Logs>;
}

/**
 * AWS clients of the running instance. Each client is imported through the module that uses it: importing a package
 * as a whole would put all its commands into the agent. `silence`: milliseconds.
 */
export function instanceClients(environment: NodeJS.ProcessEnv, silence?: number): InstanceClients {
  const options = {
    ...impatient(silence),
    ...connection(environment, 'instance'),
    region: regionOf(environment),
    credentials: instanceCredentials(environment),
  };
  return {
    parameters: ssmParameters(new SSMClient(options)),
    async objects(bucket) {
      const { S3Client, s3Objects } = await import('./objects.ts');
      return s3Objects(new S3Client({ ...options, ...storeOptions(environment) }), bucket);
    },
    async secrets() {
      const { SecretsManagerClient, managedSecrets } = await import('./secrets.ts');
      return managedSecrets(new SecretsManagerClient(options));
    },
    async lifecycle() {
      const { AutoScalingClient, lifecycleActions } = await import('./lifecycle.ts');
      return lifecycleActions(new AutoScalingClient(options));
    },
    async logs() {
      const { CloudWatchLogsClient, cloudWatchLogs } = await import('./logs.ts');
      return cloudWatchLogs(new CloudWatchLogsClient(options));
    },
  };
}

/** Region of the environment, otherwise the instance's own. */
function regionOf(environment: NodeJS.ProcessEnv): string | (() => Promise<string>) {
  const isNamed = environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION ?? environment.AWS_ENDPOINT_URL;
  if (isNamed) return connection(environment, 'instance').region;
  return async () =>
    (await instanceMetadata(environment).get('placement/region')) ??
    connection(environment, 'instance').region;
}
