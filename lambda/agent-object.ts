import { readFile } from 'node:fs/promises';
import { store, surroundings } from '../lib/aws/connect.ts';
import { agentObject } from '../lib/resource/agent-object.ts';
import { onCloudFormation } from '../lib/resource/protocol.ts';

/** Custom resource of the store stack: the agent under its digest. The build puts the agent beside this file. */
export const handler = onCloudFormation((request) =>
  agentObject({
    objects: store(surroundings(process.env)).objects,
    agent: () => readFile(new URL('holdfast-agent', import.meta.url)),
  })(request),
);
