import type { Stacks } from '../aws/stacks.ts';
import { HoldfastError, messageOf } from '../release/errors.ts';
import type { DeletedResource } from './protocol.ts';

export interface StackEndDeps {
  stacks: Stacks;
}

/**
 * Whether a Delete is part of deleting the whole stack. CloudFormation sends the same event when it cleans up after
 * an update that changed the logical id, and after a failed creation; a fleet may serve then.
 */
export async function isStackEnding({ stacks }: StackEndDeps, { stack }: DeletedResource): Promise<boolean> {
  return (await ask(stack, () => stacks.status(stack))) === 'DELETE_IN_PROGRESS';
}

/** Whether another resource of the stack stands for the same service and took over its rules. */
export async function hasSuccessor(
  { stacks }: StackEndDeps,
  { stack, logicalId }: DeletedResource,
  id: string,
): Promise<boolean> {
  const all = await ask(stack, () => stacks.resources(stack));
  return all.some(
    (each) => each.physicalId === id && each.logicalId !== logicalId && !each.status.startsWith('DELETE_'),
  );
}

/** Never ends anything on a guess. */
async function ask<T>(stack: string, question: () => Promise<T>): Promise<T> {
  try {
    return await question();
  } catch (cause) {
    throw new HoldfastError(
      'AwsFailed',
      `${messageOf(cause)}; nothing was ended, because only the deletion of stack ${stack} may end its service; deploy the rollout stack, which lets the function ask, then delete the stack again`,
      { cause },
    );
  }
}
