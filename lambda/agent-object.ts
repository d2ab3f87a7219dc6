import { readFile } from 'node:fs/promises';
import { bucketObjects } from '../lib/aws/resource-deps.ts';
import { agentObject } from '../lib/resource/agent-object.ts';
import { onCloudFormation } from '../lib/resource/protocol.ts';

/** Custom resource of the store stack: the agent under its digest. The build puts the agent beside this file. */
export const handler = onCloudFormation(
  agentObject({
    store: (bucket) => bucketObjects(process.env, bucket),
    agent: () => readFile(new URL('holdfast-agent', import.meta.url)),
  }),
);
