import type { ModifyTargetGroupInput } from '@aws-sdk/client-elastic-load-balancing-v2';

/** Health check of a target group. */
export interface HealthCheck {
  path: string;
  intervalSeconds: number;
  timeoutSeconds: number;
  healthyThreshold: number;
  unhealthyThreshold: number;
  /** `200` or `200-299,301` */
  matcher: string;
}

/** Checks of a group as AWS sets them. */
export const defaultCheck: HealthCheck = {
  path: '/',
  intervalSeconds: 30,
  timeoutSeconds: 5,
  healthyThreshold: 5,
  unhealthyThreshold: 2,
  matcher: '200',
};

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

/** Whether a status is one of `200`, `200-299`, `200,301`. */
export function matchesCode(matcher: string, status: number): boolean {
  return matcher.split(',').some((part) => {
    const [first, last = first] = part.split('-').map(Number);
    return first !== undefined && last !== undefined && status >= first && status <= last;
  });
}
