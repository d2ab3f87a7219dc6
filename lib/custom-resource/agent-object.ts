import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Objects } from '../aws/objects.ts';
import { storeKeys } from '../config/resource-names.ts';
import { HoldfastError } from '../release/errors.ts';
import { keySchema } from '../release/identifiers.ts';
import { check } from '../release/validate.ts';
import type { Resource } from './protocol.ts';

const propertiesSchema = z.object({ Key: keySchema });

export interface AgentObjectDeps {
  objects: Objects;
  /** The agent that was bundled with this function. */
  agent: () => Promise<Uint8Array>;
}

/**
 * Stores the agent under its digest in the store bucket. Deletes nothing: a fleet that was launched with an earlier
 * agent scales out with that one.
 */
export function agentObject({ objects, agent }: AgentObjectDeps): Resource {
  return async ({ type, properties }) => {
    const { Key } = check(propertiesSchema, properties, 'properties of the agent object');
    if (type !== 'Delete') await putAgent(objects, Key, await agent());
    return { id: 'holdfast-agent' };
  };
}

/** Under another digest than its own no launch could use the agent, and none would say why. */
async function putAgent(objects: Objects, key: string, agent: Uint8Array): Promise<void> {
  const expected = storeKeys.agent(createHash('sha256').update(agent).digest('hex'));
  if (key !== expected) {
    throw new HoldfastError(
      'InvalidInput',
      `the agent in this function belongs under ${expected}, the stack names ${key}; run npm run synth and deploy the store stack again`,
    );
  }
  await objects.put(key, agent, { absent: true });
}
