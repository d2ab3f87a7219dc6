import type {
  LifecycleHook as DescribedHook,
  LifecycleHookSpecification,
} from '@aws-sdk/client-auto-scaling';
import { AwsError } from '../error.ts';

export type Transition = 'autoscaling:EC2_INSTANCE_LAUNCHING' | 'autoscaling:EC2_INSTANCE_TERMINATING';
export type HookResult = 'CONTINUE' | 'ABANDON';

export interface Hook {
  name: string;
  transition: Transition;
  defaultResult: HookResult;
  heartbeatSeconds: number;
  metadata: string | undefined;
}

/** A hook waits at most this long, and at most 100 heartbeats. */
const mostSeconds = 48 * 3600;
const mostHeartbeats = 100;

export function newHook(input: LifecycleHookSpecification): Hook {
  const heartbeatSeconds = input.HeartbeatTimeout ?? 3600;
  if (heartbeatSeconds < 30 || heartbeatSeconds > 7200)
    throw new AwsError(
      'ValidationError',
      `HeartbeatTimeout ${heartbeatSeconds} is not between 30 and 7200 seconds`,
    );
  return {
    name: input.LifecycleHookName ?? '',
    transition: transitionOf(input.LifecycleTransition),
    defaultResult: resultOf(input.DefaultResult ?? 'ABANDON'),
    heartbeatSeconds,
    metadata: input.NotificationMetadata,
  };
}

export function resultOf(text: string | undefined): HookResult {
  if (text === 'CONTINUE' || text === 'ABANDON') return text;
  throw new AwsError('ValidationError', `Lifecycle action result ${text} is not CONTINUE or ABANDON`);
}

/** Seconds after which a hook ends, heartbeats or not. */
export function globalSeconds(hook: Hook): number {
  return Math.min(mostSeconds, mostHeartbeats * hook.heartbeatSeconds);
}

/** Those with one of the names, or all. */
export function describeHooks(
  group: string,
  hooks: readonly Hook[],
  names: readonly string[] | undefined,
): DescribedHook[] {
  return hooks.filter(({ name }) => !names || names.includes(name)).map((hook) => describeHook(group, hook));
}

function describeHook(group: string, hook: Hook): DescribedHook {
  return {
    LifecycleHookName: hook.name,
    AutoScalingGroupName: group,
    LifecycleTransition: hook.transition,
    DefaultResult: hook.defaultResult,
    HeartbeatTimeout: hook.heartbeatSeconds,
    GlobalTimeout: globalSeconds(hook),
    NotificationMetadata: hook.metadata,
  };
}

function transitionOf(text: string | undefined): Transition {
  if (text === 'autoscaling:EC2_INSTANCE_LAUNCHING' || text === 'autoscaling:EC2_INSTANCE_TERMINATING')
    return text;
  throw new AwsError('ValidationError', `Lifecycle transition ${text} is not known`);
}
