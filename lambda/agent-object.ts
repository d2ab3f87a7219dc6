import { readFile } from 'node:fs/promises';
import { agentObject } from '../lib/custom-resource/agent-object.ts';
import { onCloudFormation } from '../lib/custom-resource/protocol.ts';
import { lambdaConnection, store } from '../lib/lambda/connect.ts';

/** Custom resource of the store stack: the agent under its digest. The build puts the agent beside this file. */
export const handler = onCloudFormation((request) =>
  agentObject({
    objects: store(lambdaConnection(process.env)).objects,
    agent: () => readFile(new URL('holdfast-agent', import.meta.url)),
  })(request),
);
