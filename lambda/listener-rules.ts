import { surroundings } from '../lib/aws/connect.ts';
import { resourceDeps } from '../lib/aws/resource-deps.ts';
import { listenerRules } from '../lib/resource/listener-rules.ts';
import { onCloudFormation } from '../lib/resource/protocol.ts';

/** Custom resource of a service's stack: its rules on the listeners, and its end. */
export const handler = onCloudFormation((request) =>
  listenerRules(resourceDeps(surroundings(process.env)))(request),
);
