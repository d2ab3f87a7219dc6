import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { HttpRequest } from '@smithy/core/protocols';
import { requestHandler } from '../local-aws/wire/request-handler.ts';
import type { World } from '../local-aws/world.ts';
import type { Clients, Link } from './clients.ts';
import type { Caller } from './process.ts';
import { tick } from './tick.ts';

/** Time of the process, not of the simulation. */
const realNow = performance.now.bind(performance);
/** A call that takes longer is waiting for virtual time, before its next attempt. Milliseconds. */
const longest = 500;

/**
 * The SDK's own clients, connected in memory through its wire format. They take turns of the event loop, more while
 * they load parts of themselves, and time waits for them.
 */
export function wire(): Link {
  let busy = 0;
  /** `step` is +1 while the SDK works, -1 while the local AWS works. */
  const during = async <T>(step: number, work: () => Promise<T>): Promise<T> => {
    busy += step;
    try {
      return await work();
    } finally {
      busy -= step;
    }
  };
  return {
    connect(world, caller) {
      const handle = (request: HttpRequest) => caller.through(() => requestHandler(world).handle(request));
      const clients = sdkClients(world, caller, (request) => during(-1, () => handle(request)));
      for (const client of Object.values(clients)) {
        const send = client.send.bind(client) as (command: unknown) => Promise<unknown>;
        Object.assign(client, { send: (command: unknown) => during(1, () => send(command)) });
      }
      return clients;
    },
    async settled() {
      const end = realNow() + longest;
      await tick();
      while (busy > 0 && realNow() < end) await tick();
      await tick();
    },
  };
}

type Handle = ReturnType<typeof requestHandler>['handle'];

function sdkClients(world: World, caller: Caller, handle: Handle): Clients {
  const options = {
    region: world.place.region,
    maxAttempts: caller.attempts,
    credentials: { accessKeyId: caller.name, secretAccessKey: 'simulation' },
    requestHandler: { ...requestHandler(world), handle },
  };
  return {
    autoScaling: new AutoScalingClient(options),
    cloudFormation: new CloudFormationClient(options),
    balancing: new ElasticLoadBalancingV2Client(options),
    ec2: new EC2Client(options),
    s3: new S3Client({ ...options, forcePathStyle: true }),
    ssm: new SSMClient(options),
    states: new SFNClient(options),
  };
}
