import {
  type AutoScalingClient,
  CompleteLifecycleActionCommand,
  RecordLifecycleActionHeartbeatCommand,
} from '@aws-sdk/client-auto-scaling';
import { callUnless } from './call.ts';

export { AutoScalingClient } from '@aws-sdk/client-auto-scaling';

/** One instance that waits in one hook of its Auto Scaling group. */
export interface HeldInstance {
  group: string;
  hook: string;
  instance: string;
}

/** Lifecycle actions. Instances use them for their own hooks, the workflow for those of others. */
export interface Lifecycle {
  /** Ends the wait; `false` when the instance does not wait (any more). */
  complete(held: HeldInstance, result: 'CONTINUE' | 'ABANDON'): Promise<boolean>;
  /** Prolongs the wait by one heartbeat; `false` when the instance does not wait (any more). */
  heartbeat(held: HeldInstance): Promise<boolean>;
}

/** Auto Scaling's answer when no instance waits. */
const notWaiting = ['ValidationError'];

/** Lifecycle actions through the SDK's client. */
export function lifecycleActions(client: AutoScalingClient): Lifecycle {
  const names = ({ group, hook, instance }: HeldInstance) => ({
    AutoScalingGroupName: group,
    LifecycleHookName: hook,
    InstanceId: instance,
  });
  return {
    async complete(held, result) {
      const command = new CompleteLifecycleActionCommand({ ...names(held), LifecycleActionResult: result });
      const what = `could not complete hook ${held.hook} of ${held.group}`;
      return (await callUnless(notWaiting, what, () => client.send(command))) !== undefined;
    },
    async heartbeat(held) {
      const command = new RecordLifecycleActionHeartbeatCommand(names(held));
      const what = `could not prolong hook ${held.hook} of ${held.group}`;
      return (await callUnless(notWaiting, what, () => client.send(command))) !== undefined;
    },
  };
}
