import { isIP } from 'node:net';
import type { Elb } from '../../local-aws/model/elb/elb.ts';
import type { Decide } from './route.ts';

export interface DecideOptions {
  elb: Elb;
  /** ARN of the listener. */
  listener: string;
  /** Loopback address of an instance. */
  address(instanceId: string): string;
  /** Host name of the service. It replaces a loopback address in a request, because there is no DNS here. */
  host: string;
}

/** Asks the local load balancer where a request goes, by its present rules, weights and target health. */
export function decideBy({ elb, listener, address, host }: DecideOptions): Decide {
  return (request) => {
    const named = request.host.replace(/:\d+$/, '');
    const route = elb.route(listener, isIP(named) || named === 'localhost' ? host : named, request.path);
    switch (route.kind) {
      case 'target':
        return { to: 'target', host: address(route.target.id), port: route.target.port };
      case 'fixed':
        return { to: 'answer', status: route.status, contentType: route.contentType, body: route.body };
      case 'redirect':
        return { to: 'answer', status: route.status, contentType: 'text/plain', body: '' };
      case 'none':
        return undefined;
    }
  };
}
