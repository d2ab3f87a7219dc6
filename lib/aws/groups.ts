/** Where an instance stands in its Auto Scaling group: `Pending`, `Pending:Wait`, `InService`, `Terminating:Wait`, ... */
export type Lifecycle = string;

export interface GroupInstance {
  id: string;
  lifecycle: Lifecycle;
}

/** An Auto Scaling group: a fleet as it is now. */
export interface Group {
  name: string;
  min: number;
  max: number;
  desired: number;
  instances: GroupInstance[];
  tags: Readonly<Record<string, string>>;
  /** ARNs. */
  targetGroups: string[];
  launchTemplate: { id: string; version: number } | undefined;
  /** A deletion was asked for and goes on. */
  deleting: boolean;
}

/** What a new group is made from. Hooks, tags and target groups are part of the creation: no instance can miss them. */
export interface GroupSpec {
  name: string;
  /** min = desired at birth. */
  size: number;
  max: number;
  launchTemplate: { id: string; version: number };
  subnets: readonly string[];
  targetGroups: readonly string[];
  /** Propagated to the instances before they boot. */
  tags: Readonly<Record<string, string>>;
  launchHookSeconds: number;
  terminateHookSeconds: number;
}

export interface Sizes {
  min?: number;
  max?: number;
  desired?: number;
}

/** One target of automatic scaling: average CPU, or requests a minute and target. */
export type ScalingTarget =
  | { name: 'holdfast-cpu'; percent: number }
  | {
      name: 'holdfast-requests';
      requestsPerTarget: number;
      /** `app/<balancer>/<id>/targetgroup/<name>/<id>` */
      label: string;
    };

/** EC2 Auto Scaling. "Not found" is `undefined`; "could not ask" throws AwsFailed. */
export interface Groups {
  get(name: string): Promise<Group | undefined>;
  /** All groups of a service, or of the environment, by their tags. */
  list(environment: string, service?: string): Promise<Group[]>;
  /** Makes a group; `false` when there is one of this name already. */
  create(spec: GroupSpec): Promise<boolean>;
  resize(name: string, sizes: Sizes): Promise<void>;
  /** Takes the target groups off the group: its instances deregister from them. */
  detach(name: string, targetGroups: readonly string[]): Promise<void>;
  /** The targets in force, by policy name. */
  targets(name: string): Promise<ScalingTarget[]>;
  /** Makes these the only targets. */
  setTargets(name: string, targets: readonly ScalingTarget[]): Promise<void>;
  /** Ends the wait of an instance in a hook; an instance that does not wait (any more) is fine. */
  completeHook(name: string, hook: string, instance: string, result: 'CONTINUE' | 'ABANDON'): Promise<void>;
  /** Deletes a group; `force` ends its instances without hooks. A group that is gone is fine. */
  delete(name: string, options?: { force?: boolean }): Promise<void>;
}
