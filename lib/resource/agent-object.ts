import * as z from 'zod';
import type { Objects } from '../aws/objects.ts';
import { check } from '../release/check.ts';
import { keySchema } from '../release/names.ts';
import type { Resource } from './protocol.ts';

const propertiesSchema = z.object({ Key: keySchema });

export interface AgentObjectDeps {
  objects: Objects;
  /** The agent that came with this function. */
  agent: () => Promise<Uint8Array>;
}

/**
 * The agent under its digest in the store bucket. Nothing is ever taken away: a fleet that was launched with an
 * earlier agent scales out with that one.
 */
export function agentObject({ objects, agent }: AgentObjectDeps): Resource {
  return async ({ type, properties }) => {
    const { Key } = check(propertiesSchema, properties, 'properties of the agent object');
    if (type !== 'Delete') await objects.put(Key, await agent(), { absent: true });
    return { id: 'holdfast-agent' };
  };
}
