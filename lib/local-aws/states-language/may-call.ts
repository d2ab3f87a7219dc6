import type { Iam } from '../iam/iam.ts';
import { InvocationError } from '../lambda/function.ts';
import type { ExecutionInfo } from '../model/states/execution.ts';

/** Refuses calls of functions that the role of a state machine does not allow, in the words of Step Functions. */
export function mayCall(iam: Iam): (execution: ExecutionInfo, resource: string) => void {
  return ({ roleArn, name, machineArn }, resource) => {
    const role = iam.role(roleArn);
    const session = role && iam.assume(role, 'states.amazonaws.com', name);
    const need = { action: 'lambda:InvokeFunction', resource };
    if (session && iam.decide(session, need) === 'allowed') return;
    throw new InvocationError({
      errorType: 'States.Permissions',
      errorMessage: `${session?.arn ?? machineArn} is not authorized to perform: ${need.action} on resource: ${resource}`,
    });
  };
}
