import { realClock } from '../../../lib/local-aws/real-clock.ts';
import { World } from '../../../lib/local-aws/world.ts';
import { decideBy } from '../../../lib/rehearsal/balancer/decide.ts';
import { serviceHost } from '../../../lib/rehearsal/service-host.ts';

const hosts = {
  address: () => '127.1.2.3',
  start: () => undefined,
  halt: async () => undefined,
  stop: async () => undefined,
  probe: async () => undefined,
  console: () => '',
};

describe('where the proxy sends a request', () => {
  const world = new World({ clock: realClock, hosts });
  const { elb } = world;
  afterAll(() => world.close());

  const answer = (MessageBody: string) => ({
    Type: 'fixed-response' as const,
    FixedResponseConfig: { StatusCode: '503', ContentType: 'text/plain', MessageBody },
  });
  const [balancer] = elb.createLoadBalancer({ Name: 'b' }).LoadBalancers ?? [];
  const listening = { LoadBalancerArn: balancer?.LoadBalancerArn, Port: 80, Protocol: 'HTTP' as const };
  const [listener] = elb.createListener({ ...listening, DefaultActions: [answer('nobody')] }).Listeners ?? [];
  const ListenerArn = listener?.ListenerArn;
  const Conditions = [{ Field: 'host-header', HostHeaderConfig: { Values: ['shop.*.example.com'] } }];
  const [rule] =
    elb.createRule({ ListenerArn, Priority: 1, Conditions, Actions: [answer('not yet')] }).Rules ?? [];
  const host = serviceHost(elb, rule?.RuleArn ?? '');
  const decide = decideBy({ elb, listener: ListenerArn ?? '', address: () => '127.1.2.3', host });

  it('is decided by the rules, a loopback address standing for the host name of the service', () => {
    expect(host).toBe('shop.x.example.com');
    for (const name of [host, '127.0.0.1:8080', 'localhost:8080']) {
      expect(decide({ host: name, path: '/' })).toMatchObject({ to: 'answer', status: 503, body: 'not yet' });
    }
    expect(decide({ host: 'other.example.com', path: '/' })).toMatchObject({ body: 'nobody' });
  });

  it('is a target of the group that the rule forwards to, or nobody', () => {
    const group = { Name: 'blue', Port: 8080, Protocol: 'HTTP' as const, VpcId: 'vpc-1' };
    const [{ TargetGroupArn } = {}] = elb.createTargetGroup(group).TargetGroups ?? [];
    const TargetGroups = [{ TargetGroupArn, Weight: 100 }];
    elb.modifyRule({
      RuleArn: rule?.RuleArn,
      Actions: [{ Type: 'forward', ForwardConfig: { TargetGroups } }],
    });
    expect(decide({ host, path: '/' })).toBeUndefined();
    elb.registerTargets({ TargetGroupArn, Targets: [{ Id: 'i-1' }] });
    expect(decide({ host, path: '/' })).toEqual({ to: 'target', host: '127.1.2.3', port: 8080 });
  });

  it('knows that a rule may take any host', () => {
    expect(serviceHost(elb, elb.rules.of(ListenerArn ?? '').at(-1)?.arn ?? '')).toBe('localhost');
  });
});
