import type { CreateTargetGroupInput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { changedCheck, defaultCheck, type HealthCheck } from './health-check.ts';
import type { Target } from './target.ts';

/** Attributes of a group as AWS sets them. */
export const defaultAttributes: Readonly<Record<string, string>> = {
  'deregistration_delay.timeout_seconds': '300',
  'stickiness.enabled': 'false',
  'stickiness.type': 'lb_cookie',
  'stickiness.lb_cookie.duration_seconds': '86400',
  'slow_start.duration_seconds': '0',
  'load_balancing.algorithm.type': 'round_robin',
};

/** A target group and its targets, by `id:port`. */
export interface TargetGroup {
  arn: string;
  name: string;
  protocol: string;
  port: number;
  vpc: string | undefined;
  check: HealthCheck;
  attributes: Map<string, string>;
  targets: Map<string, Target>;
}

export function newTargetGroup(arn: string, input: CreateTargetGroupInput): TargetGroup {
  return {
    arn,
    name: input.Name ?? '',
    protocol: input.Protocol ?? 'HTTP',
    port: input.Port ?? 80,
    vpc: input.VpcId,
    check: changedCheck(defaultCheck, input),
    attributes: new Map(Object.entries(defaultAttributes)),
    targets: new Map(),
  };
}

export function drainMilliseconds(group: TargetGroup): number {
  return Number(group.attributes.get('deregistration_delay.timeout_seconds')) * 1000;
}
