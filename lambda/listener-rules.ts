import { listenerRules } from '../lib/custom-resource/listener-rules.ts';
import { onCloudFormation } from '../lib/custom-resource/protocol.ts';
import { lambdaConnection } from '../lib/lambda/connect.ts';
import { connectResource } from '../lib/lambda/custom-resource.ts';

/** Custom resource of a service's stack: its rules on the listeners, and its end. */
export const handler = onCloudFormation((request) =>
  listenerRules(connectResource(lambdaConnection(process.env)))(request),
);
