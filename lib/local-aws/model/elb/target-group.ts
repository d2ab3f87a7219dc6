import type {
  CreateTargetGroupInput,
  ModifyTargetGroupInput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Target } from './target.ts';

/** How the targets of a group are checked. */
export interface HealthCheck {
  path: string;
  intervalSeconds: number;
  timeoutSeconds: number;
  healthyThreshold: number;
  unhealthyThreshold: number;
  /** `200` or `200-299,301` */
  matcher: string;
}

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

const defaultCheck: HealthCheck = {
  path: '/',
  intervalSeconds: 30,
  timeoutSeconds: 5,
  healthyThreshold: 5,
  unhealthyThreshold: 2,
  matcher: '200',
};

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

/** A health check with what the input states changed. */
export function changedCheck(
  check: HealthCheck,
  input: Omit<ModifyTargetGroupInput, 'TargetGroupArn'>,
): HealthCheck {
  return {
    path: input.HealthCheckPath ?? check.path,
    intervalSeconds: input.HealthCheckIntervalSeconds ?? check.intervalSeconds,
    timeoutSeconds: input.HealthCheckTimeoutSeconds ?? check.timeoutSeconds,
    healthyThreshold: input.HealthyThresholdCount ?? check.healthyThreshold,
    unhealthyThreshold: input.UnhealthyThresholdCount ?? check.unhealthyThreshold,
    matcher: input.Matcher?.HttpCode ?? check.matcher,
  };
}

export function drainMilliseconds(group: TargetGroup): number {
  return Number(group.attributes.get('deregistration_delay.timeout_seconds')) * 1000;
}

/** Whether a status is one of `200`, `200-299`, `200,301`. */
export function matchesCode(matcher: string, status: number): boolean {
  return matcher.split(',').some((part) => {
    const [first, last = first] = part.split('-').map(Number);
    return first !== undefined && last !== undefined && status >= first && status <= last;
  });
}
