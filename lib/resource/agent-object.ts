import * as z from 'zod';
import type { Objects } from '../aws/objects.ts';
import { check } from '../release/check.ts';
import { keySchema, sha256Schema } from '../release/names.ts';
import type { Resource } from './protocol.ts';

const propertiesSchema = z.object({ Bucket: z.string().min(1), Key: keySchema, Sha256: sha256Schema });

export interface AgentObjectDeps {
  store: (bucket: string) => Objects;
  /** The agent that came with this function. */
  agent: () => Promise<Uint8Array>;
}

/**
 * The agent under its digest in the store bucket. Nothing is ever taken away: a fleet that was launched with an
 * earlier agent scales out with that one.
 */
export function agentObject({ store, agent }: AgentObjectDeps): Resource {
  return async ({ type, properties }) => {
    const { Bucket, Key } = check(propertiesSchema, properties, 'properties of the agent object');
    if (type !== 'Delete') await store(Bucket).put(Key, await agent(), { absent: true });
    return { id: 'holdfast-agent' };
  };
}
