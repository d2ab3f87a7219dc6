import { serve } from '../../lib/local-aws/wire/serve.ts';
import { startMetadata } from '../../lib/rehearsal/hosts/metadata.ts';
import { fixture } from '../support/local-aws/world.ts';
import { launched } from '../support/rehearsal/instance.ts';
import type { Opinion } from './opinions.ts';

/** The local AWS over HTTP, on a virtual clock, with hosts on which nothing runs; a new one for each story. */
export const local: Opinion = {
  name: 'the local AWS',
  async start() {
    return { account, close: async () => undefined };
  },
};

async function account() {
  const { clock, world } = fixture();
  // Executions run until somebody stops them.
  world.stepFunctions.runner = () => ({ result: new Promise(() => undefined), abort: () => undefined });
  const endpoint = await serve(world);
  const metadata = await startMetadata(launched('i-1', ''), { address: '127.0.0.1', region: 'us-east-1' });
  return {
    url: endpoint.url,
    metadata: metadata.endpoint,
    network: async () => ({ vpc: 'vpc-1', subnets: ['subnet-1', 'subnet-2'] }),
    now: () => clock.now(),
    pass: (milliseconds: number) => clock.advance(milliseconds),
    async close() {
      metadata.close();
      await endpoint.close();
      world.close();
    },
  };
}
