import type {
  CreateStackInput,
  CreateStackOutput,
  DescribeStackResourcesInput,
  DescribeStackResourcesOutput,
  DescribeStacksInput,
  DescribeStacksOutput,
  ResourceStatus,
  StackStatus,
} from '@aws-sdk/client-cloudformation';
import type { Clock } from '../../clock.ts';
import { type AwsAccount, arn } from '../arns.ts';
import { AwsError, notModelled } from '../error.ts';
import type { Ssm } from '../ssm/ssm.ts';

interface StackResource {
  type: string;
  physicalId: string;
  status: ResourceStatus;
}

/** A stack as CloudFormation knows it. */
export interface Stack {
  id: string;
  name: string;
  status: StackStatus;
  createdAt: number;
  /** By logical id. */
  resources: Map<string, StackResource>;
}

interface SmallTemplate {
  Resources: Record<string, { Type: string; Properties: { Name: string; Value: string } }>;
}

/** CloudFormation: stacks and their states. The deployer of a stack sets its state. */
export class CloudFormation {
  readonly #stacks = new Map<string, Stack>();
  readonly #clock: Clock;
  readonly #place: AwsAccount;
  readonly #ssm: Ssm;

  constructor(clock: Clock, place: AwsAccount, ssm: Ssm) {
    this.#clock = clock;
    this.#place = place;
    this.#ssm = ssm;
  }

  /** Without a template the caller makes the resources; a template may hold parameters alone. */
  createStack({ StackName: name = '', TemplateBody: body }: CreateStackInput): CreateStackOutput {
    if (this.find(name)) throw new AwsError('AlreadyExistsException', `Stack [${name}] already exists`);
    const stack: Stack = {
      id: arn.stack(this.#place, name),
      name,
      status: 'CREATE_IN_PROGRESS',
      createdAt: this.#clock.now(),
      resources: new Map(),
    };
    if (body !== undefined) this.#makeParameters(stack, JSON.parse(body));
    this.#stacks.set(stack.id, stack);
    return { StackId: stack.id };
  }

  describeStacks({ StackName }: DescribeStacksInput): DescribeStacksOutput {
    const { id, name, status, createdAt } = this.#existingStack(StackName);
    return {
      Stacks: [{ StackId: id, StackName: name, StackStatus: status, CreationTime: new Date(createdAt) }],
    };
  }

  describeStackResources({ StackName }: DescribeStackResourcesInput): DescribeStackResourcesOutput {
    const { id, name, createdAt, resources } = this.#existingStack(StackName);
    return {
      StackResources: [...resources].map(([logicalId, { type, physicalId, status }]) => ({
        StackId: id,
        StackName: name,
        LogicalResourceId: logicalId,
        PhysicalResourceId: physicalId,
        ResourceType: type,
        ResourceStatus: status,
        Timestamp: new Date(createdAt),
      })),
    };
  }

  /** A stack by name or id. */
  find(nameOrId: string): Stack | undefined {
    return [...this.#stacks.values()].find(({ id, name }) => [id, name].includes(nameOrId));
  }

  #existingStack(nameOrId: string | undefined): Stack {
    if (nameOrId === undefined) throw notModelled('a description of every stack');
    const found = this.find(nameOrId);
    if (found) return found;
    throw new AwsError('ValidationError', `Stack with id ${nameOrId} does not exist`);
  }

  #makeParameters(stack: Stack, { Resources }: SmallTemplate): void {
    for (const [logicalId, { Type: type, Properties }] of Object.entries(Resources)) {
      if (type !== 'AWS::SSM::Parameter') throw notModelled(`a stack with ${type}`);
      this.#ssm.putParameter({ ...Properties, Type: 'String' });
      stack.resources.set(logicalId, { type, physicalId: Properties.Name, status: 'CREATE_COMPLETE' });
    }
    stack.status = 'CREATE_COMPLETE';
  }
}
