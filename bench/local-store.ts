import { readFileSync } from 'node:fs';
import { realClock } from '../lib/local-aws/real-clock.ts';
import { serve } from '../lib/local-aws/wire/serve.ts';
import { World } from '../lib/local-aws/world.ts';
import { formatRecord } from '../lib/release/record.ts';
import { noHosts } from './no-hosts.ts';
import { parametersOf } from './product/agent.ts';
import type { Store } from './store.ts';

const bucket = 'bench';

/** The local AWS of the rehearsal, over HTTP as a machine would reach it. */
export async function startStore(): Promise<Store & { close(): Promise<void> }> {
  const world = new World({ clock: realClock, hosts: noHosts });
  const endpoint = await serve(world);
  world.s3.createBucket({ Bucket: bucket });
  world.s3.putBucketVersioning({ Bucket: bucket, VersioningConfiguration: { Status: 'Enabled' } });
  return {
    bucket,
    env: environment(endpoint.url),
    async record(name, release, verified = true) {
      const at = new Date().toISOString();
      const record = { schema: 1 as const, release, verified, deployment: 'bench', by: 'bench', at };
      const { release: parameter } = parametersOf(name);
      const value = formatRecord(record, parameter);
      world.ssm.putParameter({ Name: parameter, Value: value, Type: 'String', Overwrite: true });
    },
    async put(key, { path, sha256 }) {
      const { VersionId = 'null' } = world.s3.putObject({
        Bucket: bucket,
        Key: key,
        Body: readFileSync(path),
      });
      return { key, version: VersionId, sha256 };
    },
    address: (key) => `${endpoint.url}/${bucket}/${key}`,
    async close() {
      world.close();
      await endpoint.close();
    },
  };
}

function environment(url: string): NodeJS.ProcessEnv {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
  };
}
