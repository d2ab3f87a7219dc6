import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { HttpRequest } from '@smithy/core/protocols';
import type { World } from '../model/world.ts';
import { requestHandler } from '../wire/request-handler.ts';
import type { Caller } from './caller.ts';
import type { Clients } from './clients.ts';

/** The SDK's own clients, connected in memory through its wire format. */
export function wireClients(world: World, caller: Caller): Clients {
  const handler = requestHandler(world);
  const options = {
    region: world.place.region,
    maxAttempts: 10,
    credentials: { accessKeyId: caller.name, secretAccessKey: 'simulation' },
    requestHandler: {
      ...handler,
      handle: (request: HttpRequest) => caller.through(() => handler.handle(request)),
    },
  };
  return {
    autoScaling: new AutoScalingClient(options),
    balancing: new ElasticLoadBalancingV2Client(options),
    ec2: new EC2Client(options),
    s3: new S3Client({ ...options, forcePathStyle: true }),
    ssm: new SSMClient(options),
    states: new SFNClient(options),
  };
}
