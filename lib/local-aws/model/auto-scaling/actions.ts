import type {
  CompleteLifecycleActionType,
  RecordLifecycleActionHeartbeatType,
} from '@aws-sdk/client-auto-scaling';
import { AwsError } from '../error.ts';
import { everyMember, type Group } from './group.ts';
import type { Wait } from './wait.ts';

/** The wait of a lifecycle action, found by instance or by token. */
export function findWait(
  group: Group,
  input: CompleteLifecycleActionType | RecordLifecycleActionHeartbeatType,
): Wait {
  const { LifecycleHookName: hook = '', InstanceId: id, LifecycleActionToken: token } = input;
  for (const member of everyMember(group)) {
    const wait = member.waits.get(hook);
    if (wait && (id === undefined ? wait.token === token : member.instance.id === id)) return wait;
  }
  throw new AwsError(
    'ValidationError',
    id === undefined
      ? `No active Lifecycle Action found with token ${token}`
      : `No active Lifecycle Action found with instance ID ${id}`,
  );
}
