import type {
  CreateListenerInput,
  CreateLoadBalancerInput,
  Listener as DescribedListener,
  LoadBalancer as DescribedLoadBalancer,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../error.ts';
import type { Rule } from './rule.ts';

export interface LoadBalancer {
  arn: string;
  name: string;
  dnsName: string;
  internal: boolean;
  vpc: string | undefined;
}

export interface Listener {
  arn: string;
  balancer: string;
  port: number;
  protocol: string;
}

/** Load balancers and their listeners. */
export class Listeners {
  readonly balancers = new Map<string, LoadBalancer>();
  readonly byArn = new Map<string, Listener>();

  addBalancer(arn: string, input: CreateLoadBalancerInput): LoadBalancer {
    const name = input.Name ?? '';
    if ([...this.balancers.values()].some((known) => known.name === name))
      throw new AwsError('DuplicateLoadBalancerName', `A load balancer with the name '${name}' exists`);
    const internal = input.Scheme === 'internal';
    const balancer = { arn, name, dnsName: `${name}.elb.local`, internal, vpc: undefined };
    this.balancers.set(arn, balancer);
    return balancer;
  }

  add(arn: string, input: CreateListenerInput): Listener {
    const balancer = this.balancer(input.LoadBalancerArn).arn;
    const port = input.Port ?? 80;
    if (this.of(balancer).some((listener) => listener.port === port))
      throw new AwsError(
        'DuplicateListener',
        `A listener already exists on port ${port} for this load balancer`,
      );
    const listener = { arn, balancer, port, protocol: input.Protocol ?? 'HTTP' };
    this.byArn.set(arn, listener);
    return listener;
  }

  of(balancer: string): Listener[] {
    return [...this.byArn.values()].filter((listener) => listener.balancer === balancer);
  }

  find(arn: string | undefined): Listener {
    const listener = this.byArn.get(arn ?? '');
    if (!listener) throw new AwsError('ListenerNotFound', `One or more listeners not found: ${arn}`);
    return listener;
  }

  balancer(arn: string | undefined): LoadBalancer {
    const balancer = this.balancers.get(arn ?? '');
    if (!balancer) throw new AwsError('LoadBalancerNotFound', `One or more load balancers not found: ${arn}`);
    return balancer;
  }
}

export function describeListener(listener: Listener, rules: readonly Rule[]): DescribedListener {
  return {
    ListenerArn: listener.arn,
    LoadBalancerArn: listener.balancer,
    Port: listener.port,
    Protocol: listener.protocol as DescribedListener['Protocol'],
    DefaultActions: rules.find(({ priority }) => priority === undefined)?.actions,
  };
}

export function describeBalancer(balancer: LoadBalancer): DescribedLoadBalancer {
  return {
    LoadBalancerArn: balancer.arn,
    LoadBalancerName: balancer.name,
    DNSName: balancer.dnsName,
    Scheme: balancer.internal ? 'internal' : 'internet-facing',
    State: { Code: 'active' },
    Type: 'application',
  };
}
