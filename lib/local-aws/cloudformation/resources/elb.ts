import type {
  CreateListenerInput,
  CreateLoadBalancerInput,
  CreateTargetGroupInput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { type Created, generatedName, type Properties, type ResourceContext } from '../resource.ts';

/** Most characters of the names of load balancers and target groups. */
const nameLength = 32;

/** AWS::ElasticLoadBalancingV2::LoadBalancer */
export function loadBalancer(properties: Properties, place: ResourceContext): Created {
  const { Scheme } = properties as Pick<CreateLoadBalancerInput, 'Scheme'>;
  const made = place.world.elb.createLoadBalancer({ Name: shortName(place), ...(Scheme && { Scheme }) });
  const [balancer = {}] = made.LoadBalancers ?? [];
  const id = balancer.LoadBalancerArn ?? '';
  return {
    ref: id,
    attributes: {
      LoadBalancerArn: id,
      LoadBalancerFullName: id.split('loadbalancer/')[1],
      LoadBalancerName: balancer.LoadBalancerName,
      DNSName: balancer.DNSName,
      CanonicalHostedZoneID: 'Z00000000000000000000',
      SecurityGroups: properties.SecurityGroups,
    },
  };
}

/** AWS::ElasticLoadBalancingV2::Listener */
export function listener(properties: Properties, { world }: ResourceContext): Created {
  const { LoadBalancerArn, Port, Protocol, DefaultActions } = properties as unknown as CreateListenerInput;
  const made = world.elb.createListener({ LoadBalancerArn, Port, Protocol, DefaultActions });
  const id = made.Listeners?.[0]?.ListenerArn ?? '';
  return { ref: id, attributes: { ListenerArn: id } };
}

/** AWS::ElasticLoadBalancingV2::TargetGroup */
export function targetGroup(properties: Properties, place: ResourceContext): Created {
  const input = properties as unknown as CreateTargetGroupInput;
  const made = place.world.elb.createTargetGroup({ ...input, Name: input.Name ?? shortName(place) });
  const [group = {}] = made.TargetGroups ?? [];
  const id = group.TargetGroupArn ?? '';
  return {
    ref: id,
    attributes: {
      TargetGroupArn: id,
      TargetGroupName: group.TargetGroupName,
      TargetGroupFullName: id.slice(id.indexOf('targetgroup/')),
    },
  };
}

function shortName(place: ResourceContext): string {
  return generatedName(place, nameLength).replace(/^-|[^A-Za-z0-9-]/g, '');
}
