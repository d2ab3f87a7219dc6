import type { Instance as DescribedMember, LifecycleState } from '@aws-sdk/client-auto-scaling';
import type { Instance } from '../ec2/instance.ts';
import type { Wait } from './wait.ts';

type MemberState = Extract<
  LifecycleState,
  | 'Warmed:Pending'
  | 'Warmed:Pending:Wait'
  | 'Warmed:Pending:Proceed'
  | 'Warmed:Stopped'
  | 'Warmed:Terminating'
  | 'Warmed:Terminating:Wait'
  | 'Warmed:Terminating:Proceed'
  | 'Pending'
  | 'Pending:Wait'
  | 'Pending:Proceed'
  | 'InService'
  | 'Terminating'
  | 'Terminating:Wait'
  | 'Terminating:Proceed'
>;

/** An instance as a member of its group. */
export interface Member {
  instance: Instance;
  state: MemberState;
  healthy: boolean;
  /** Whether it was in service, or ready in the warm pool; a launch that never was counts as failed. */
  served: boolean;
  /** Milliseconds since the epoch. */
  inServiceAt: number | undefined;
  /** Hooks that have not answered yet, by name. */
  waits: Map<string, Wait>;
}

export function newMember(instance: Instance, state: 'Pending' | 'Warmed:Pending'): Member {
  return {
    instance,
    state,
    healthy: true,
    served: false,
    inServiceAt: undefined,
    waits: new Map(),
  };
}

export function isLeaving(member: Member): boolean {
  return member.state.includes('Terminating');
}

/** Whether it belongs to the warm pool. */
export function isWarmed(member: Member): boolean {
  return member.state.startsWith('Warmed:');
}

/** `autoscaling/target-lifecycle-state` of the instance metadata: where the instance is heading. */
export function targetState(member: Member): LifecycleState {
  if (isWarmed(member)) return isLeaving(member) ? 'Warmed:Terminated' : 'Warmed:Stopped';
  return isLeaving(member) ? 'Terminated' : 'InService';
}

export function describeMember({ instance, state, healthy }: Member): DescribedMember {
  return {
    InstanceId: instance.id,
    InstanceType: instance.instanceType,
    AvailabilityZone: instance.zone,
    LifecycleState: state,
    HealthStatus: healthy ? 'Healthy' : 'Unhealthy',
    ProtectedFromScaleIn: false,
    LaunchTemplate: {
      LaunchTemplateId: instance.template.id,
      LaunchTemplateName: instance.template.name,
      Version: String(instance.template.version),
    },
  };
}
