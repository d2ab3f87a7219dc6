import type { RequestLaunchTemplateData } from '@aws-sdk/client-ec2';
import type { Clock } from '../../clock.ts';
import type { Credentials } from '../credentials.ts';
import { AwsError } from '../error.ts';
import type { Hosts } from '../hosts.ts';
import type { Ids } from '../ids.ts';
import type { Timing } from '../timing.ts';
import { type Instance, onRequest, type StateReason } from './instance.ts';
import type { Profiles } from './profiles.ts';

/** What an Auto Scaling group launches. */
export interface Launch {
  group: string;
  template: Instance['template'];
  /** Data of the template version, with its image resolved. */
  data: RequestLaunchTemplateData;
  subnet: string;
  zone: string;
  tags: Record<string, string>;
}

/** A launch that goes wrong: EC2 refuses it, or ends the instance before it runs. */
export type LaunchFailure = { refused: AwsError } | { ended: StateReason };

export type InstanceListener = (instance: Instance) => void;

/** Time that DescribeInstances shows a terminated instance. */
const shownMilliseconds = 3_600_000;

/** Instances from launch to termination; the hosts run them. */
export class Instances {
  /** Called when an instance runs, right before it boots. */
  running: InstanceListener | undefined;
  /** Called when an instance is stopped. */
  stopped: InstanceListener | undefined;
  /** Called when an instance begins to end, for any reason. */
  ending: InstanceListener | undefined;
  /** Called when an instance is terminated. */
  ended: InstanceListener | undefined;
  /** Keys that an instance finds in its metadata. */
  credentials: ((instance: Instance) => Credentials | undefined) | undefined;
  /** Chooses the launches that go wrong; undefined: it works. */
  failing: ((launch: Launch) => LaunchFailure | undefined) | undefined;
  /** Target lifecycle state of an instance, for its metadata. */
  targetState: ((instanceId: string) => string | undefined) | undefined;
  readonly #instances = new Map<string, Instance>();
  readonly #clock: Clock;
  readonly #hosts: Hosts;
  readonly #ids: Ids;
  readonly #timing: Timing;
  readonly #profiles: Profiles;

  constructor(clock: Clock, hosts: Hosts, ids: Ids, timing: Timing, profiles: Profiles) {
    this.#clock = clock;
    this.#hosts = hosts;
    this.#ids = ids;
    this.#timing = timing;
    this.#profiles = profiles;
  }

  launch(asked: Launch): Instance {
    const failure = this.failing?.(asked);
    if (failure && 'refused' in failure) throw failure.refused;
    const { data, template, ...launch } = asked;
    const id = this.#ids.resource('i');
    const profile = this.#profiles.find(data.IamInstanceProfile);
    const instance: Instance = {
      ...launch,
      tags: { ...tagsOf(data), ...launch.tags },
      id,
      template,
      state: 'pending',
      address: this.#hosts.address(id),
      launchedAt: this.#clock.now(),
      endedAt: undefined,
      imageId: data.ImageId ?? '',
      instanceType: data.InstanceType ?? '',
      userData: data.UserData ?? '',
      profile: profile?.arn,
      roleName: profile?.role ?? '',
      roleId: profile?.roleId ?? '',
      tagsInMetadata: data.MetadataOptions?.InstanceMetadataTags === 'enabled',
      stateReason: undefined,
    };
    this.#instances.set(id, instance);
    this.#clock.after(this.#timing.launch, () =>
      failure ? this.terminate(id, failure.ended) : this.#boot(instance),
    );
    return instance;
  }

  get(id: string | undefined): Instance {
    const instance = this.find(id);
    if (instance) return instance;
    throw new AwsError('InvalidInstanceID.NotFound', `The instance ID '${id}' does not exist`);
  }

  find(id: string | undefined): Instance | undefined {
    return this.#instances.get(id ?? '');
  }

  /** Those that exist or ended less than an hour ago. */
  all(): Instance[] {
    const oldest = this.#clock.now() - shownMilliseconds;
    for (const instance of this.#instances.values()) {
      if (instance.endedAt !== undefined && instance.endedAt < oldest) this.#instances.delete(instance.id);
    }
    return [...this.#instances.values()];
  }

  /** Ends an instance: as TerminateInstances does, or as when its hardware fails. */
  terminate(id: string, reason = onRequest): void {
    const instance = this.get(id);
    if (instance.state === 'shutting-down' || instance.state === 'terminated') return;
    instance.state = 'shutting-down';
    instance.stateReason = reason;
    this.ending?.(instance);
    void this.#hosts.stop(id).then(() => this.#end(instance));
  }

  /** Stops an instance, as StopInstances does: its disk and address stay. */
  halt(id: string): void {
    const instance = this.get(id);
    if (instance.state !== 'running') return;
    instance.state = 'stopping';
    void this.#hosts.halt(id).then(() => {
      if (instance.state !== 'stopping') return;
      instance.state = 'stopped';
      this.stopped?.(instance);
    });
  }

  /** Starts a stopped instance again. */
  resume(id: string): void {
    const instance = this.get(id);
    if (instance.state !== 'stopped') return;
    instance.state = 'pending';
    this.#clock.after(this.#timing.launch, () => this.#boot(instance));
  }

  console(id: string): string {
    return this.#hosts.console(this.get(id).id);
  }

  #boot(instance: Instance): void {
    if (instance.state !== 'pending') return;
    instance.state = 'running';
    this.running?.(instance);
    this.#hosts.start({
      id: instance.id,
      group: instance.group,
      userData: instance.userData,
      roleId: instance.roleId,
      credentials: this.credentials?.(instance),
      targetState: () => this.targetState?.(instance.id),
      tags: instance.tagsInMetadata ? instance.tags : {},
      launchTemplate: { id: instance.template.id, version: instance.template.version },
      instanceType: instance.instanceType,
      imageId: instance.imageId,
    });
  }

  #end(instance: Instance): void {
    instance.state = 'terminated';
    instance.endedAt = this.#clock.now();
    this.ended?.(instance);
  }
}

/** Tags that a template gives its instances; those of the group that launches them go before. */
function tagsOf({ TagSpecifications = [] }: RequestLaunchTemplateData): Record<string, string> {
  const ofInstances = TagSpecifications.filter(({ ResourceType }) => ResourceType === 'instance');
  return Object.fromEntries(
    ofInstances.flatMap(({ Tags = [] }) => Tags).map(({ Key = '', Value = '' }) => [Key, Value]),
  );
}
