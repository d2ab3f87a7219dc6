import type { Instance as DescribedInstance, InstanceStateName } from '@aws-sdk/client-ec2';

type InstanceState = InstanceStateName;

const stateCodes: Record<InstanceState, number> = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
};

/** An instance of the local EC2. */
export interface Instance {
  id: string;
  state: InstanceState;
  address: string;
  /** Milliseconds since the epoch. */
  launchedAt: number;
  endedAt: number | undefined;
  /** Auto Scaling group. */
  group: string;
  template: { id: string; name: string; version: number };
  imageId: string;
  instanceType: string;
  userData: string;
  subnet: string;
  zone: string;
  profile: string | undefined;
  roleName: string;
  roleId: string;
  tags: Record<string, string>;
  /** Whether the tags are shown in instance metadata. */
  tagsInMetadata: boolean;
  /** Why it ends or ended. */
  stateReason: StateReason | undefined;
}

export interface StateReason {
  /** `Client.InternalError`, ... */
  code: string;
  message: string;
}

export const onRequest: StateReason = {
  code: 'Client.UserInitiatedShutdown',
  message: 'User initiated shutdown',
};

export function describeReason({ code, message }: StateReason): string {
  return `${code}: ${message}`;
}

export function describeInstance(instance: Instance): DescribedInstance {
  const alive = instance.state !== 'terminated';
  return {
    InstanceId: instance.id,
    State: { Name: instance.state, Code: stateCodes[instance.state] },
    ImageId: instance.imageId,
    InstanceType: instance.instanceType as DescribedInstance['InstanceType'],
    LaunchTime: new Date(instance.launchedAt),
    Placement: { AvailabilityZone: instance.zone },
    ...(alive ? { PrivateIpAddress: instance.address, SubnetId: instance.subnet } : {}),
    ...(instance.profile ? { IamInstanceProfile: { Arn: instance.profile } } : {}),
    ...(instance.stateReason && {
      StateReason: { Code: instance.stateReason.code, Message: describeReason(instance.stateReason) },
    }),
    Tags: Object.entries(instance.tags).map(([Key, Value]) => ({ Key, Value })),
  };
}
