import type { Elb } from '../local-aws/model/elb/elb.ts';

/** A host name that a rule of the load balancer matches; `localhost` when it matches all. */
export function serviceHost(elb: Elb, rule: string): string {
  const [described] = elb.describeRules({ RuleArns: [rule] }).Rules ?? [];
  const condition = described?.Conditions?.find(({ Field }) => Field === 'host-header');
  const [pattern = 'localhost'] = condition?.HostHeaderConfig?.Values ?? condition?.Values ?? [];
  return pattern.replace(/[*?]/g, 'x');
}
