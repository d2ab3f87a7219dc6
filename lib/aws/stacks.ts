import {
  type CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { HoldfastError } from '../release/errors.ts';
import { call } from './call.ts';

/** A resource of a stack. */
export interface StackResource {
  logicalId: string;
  /** Left out: it has none yet. */
  physicalId?: string;
  /** `CREATE_COMPLETE`, `DELETE_IN_PROGRESS`, ... */
  status: string;
}

/** CloudFormation. A failed call throws AwsFailed. */
export interface Stacks {
  /** Status of a stack by name or id: `UPDATE_COMPLETE`, `DELETE_IN_PROGRESS`, ... */
  status(stack: string): Promise<string>;
  /** Resources of a stack by name or id, including those that are being deleted. */
  resources(stack: string): Promise<StackResource[]>;
}

/** Stacks through the SDK's client. */
export function cloudFormationStacks(client: CloudFormationClient): Stacks {
  return {
    async status(stack) {
      const command = new DescribeStacksCommand({ StackName: stack });
      const { Stacks: found } = await call(unknown('the status', stack), () => client.send(command));
      const status = found?.[0]?.StackStatus;
      if (status) return status;
      throw new HoldfastError('AwsFailed', `${unknown('the status', stack)}: found no such stack`);
    },

    async resources(stack) {
      const command = new DescribeStackResourcesCommand({ StackName: stack });
      const { StackResources = [] } = await call(unknown('the resources', stack), () => client.send(command));
      return StackResources.map(
        ({ LogicalResourceId = '', PhysicalResourceId: id, ResourceStatus = '' }) => ({
          logicalId: LogicalResourceId,
          ...(id && { physicalId: id }),
          status: ResourceStatus,
        }),
      );
    },
  };
}

function unknown(what: string, stack: string): string {
  return `could not read ${what} of stack ${stack}`;
}
