import type { TargetHealth, TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { type HealthCheck, matchesCode } from './health-check.ts';

export type TargetState = 'unused' | 'initial' | 'healthy' | 'unhealthy' | 'draining';

/** One registered target. */
export interface Target {
  /** Instance id. */
  id: string;
  port: number;
  state: TargetState;
  /** Checks passed or failed in a row. */
  passed: number;
  failed: number;
  /** Status of the last failed check; undefined when nothing answered. */
  lastStatus: number | undefined;
  /** Ends the pending check or the wait for the end of draining. */
  cancel: () => void;
  /** Resumes the checks of a target that were paused until a change. */
  wake: (() => void) | undefined;
}

/** Counts one finished check and gives the state that follows. A new target needs one passed check. */
export function afterCheck(target: Target, check: HealthCheck, status: number | undefined): TargetState {
  const good = status !== undefined && matchesCode(check.matcher, status);
  target.passed = good ? target.passed + 1 : 0;
  target.failed = good ? 0 : target.failed + 1;
  if (!good) target.lastStatus = status;
  if (good && (target.state === 'initial' || target.passed >= check.healthyThreshold)) return 'healthy';
  if (target.failed >= check.unhealthyThreshold) return 'unhealthy';
  return target.state;
}

/** Whether another check with the same answer would change nothing. */
export function isSettled(target: Target, check: HealthCheck): boolean {
  if (target.state === 'healthy') return target.passed > 0;
  return target.state === 'unhealthy' && target.failed >= check.unhealthyThreshold;
}

/** Targets as DescribeTargetHealth shows them: all, or those that are asked for by instance id. */
export function describeTargets(
  targets: readonly Target[],
  asked: readonly string[] | undefined,
): TargetHealthDescription[] {
  if (!asked) return targets.map(describeHealth);
  return asked.flatMap((id) => {
    const found = targets.filter((target) => target.id === id);
    return found.length > 0 ? found.map(describeHealth) : [notRegistered(id)];
  });
}

function notRegistered(id: string): TargetHealthDescription {
  return {
    Target: { Id: id },
    TargetHealth: {
      State: 'unused',
      Reason: 'Target.NotRegistered',
      Description: 'Target is not registered to the target group',
    },
  };
}

function describeHealth(target: Target): TargetHealthDescription {
  return {
    Target: { Id: target.id, Port: target.port },
    HealthCheckPort: String(target.port),
    TargetHealth: { State: target.state, ...reasonOf(target) },
  };
}

function reasonOf(target: Target): Pick<TargetHealth, 'Reason' | 'Description'> {
  const reasons: Record<TargetState, Pick<TargetHealth, 'Reason' | 'Description'>> = {
    healthy: {},
    unused: {
      Reason: 'Target.NotInUse',
      Description: 'Target group is not configured to receive traffic from the load balancer',
    },
    initial: { Reason: 'Elb.InitialHealthChecking', Description: 'Initial health checks in progress' },
    draining: {
      Reason: 'Target.DeregistrationInProgress',
      Description: 'Target deregistration is in progress',
    },
    unhealthy: unhealthyReason(target.lastStatus),
  };
  return reasons[target.state];
}

function unhealthyReason(status: number | undefined): Pick<TargetHealth, 'Reason' | 'Description'> {
  if (status === undefined) return { Reason: 'Target.Timeout', Description: 'Request timed out' };
  return {
    Reason: 'Target.ResponseCodeMismatch',
    Description: `Health checks failed with these codes: [${status}]`,
  };
}
