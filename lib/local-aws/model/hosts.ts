import type { Credentials } from './credentials.ts';
import type { S3 } from './s3/s3.ts';

/** An instance as the model launches it. */
export interface LaunchedInstance {
  /** `i-...` */
  id: string;
  /** Name of its Auto Scaling group. */
  group: string;
  /** Base64, as in the launch template version. */
  userData: string;
  /** `<role id>` of the instance profile's role. */
  roleId: string;
  /** Of a session of that role; undefined: it has no instance profile. */
  credentials?: Credentials | undefined;
  /** `autoscaling/target-lifecycle-state`: where the instance is heading; undefined: it belongs to no group. */
  targetState?(): string | undefined;
  /** `spot/instance-action`: what EC2 is about to do to a spot instance, JSON; undefined: nothing. */
  spotAction?(): string | undefined;
  /** Tags visible in instance metadata. */
  tags: Readonly<Record<string, string>>;
  launchTemplate: { id: string; version: number };
  instanceType: string;
  imageId: string;
}

/** Runtime of instances: simulated, processes on loopback addresses, or machines. The model calls it. */
export interface Hosts {
  /** Address of a new instance, unique while it exists. */
  address(instanceId: string): string;
  /** Boots it: runs its user-data. Returns at once. */
  start(instance: LaunchedInstance): void;
  /** Stops it; its disk stays, and `start` boots it again. Returns when none of its processes runs. */
  halt(instanceId: string): Promise<void>;
  /** Terminates it. Returns when none of its processes runs. */
  stop(instanceId: string): Promise<void>;
  /** One request to it; the status, or undefined when nothing answered within the time. */
  probe(
    instanceId: string,
    port: number,
    path: string,
    timeoutMilliseconds: number,
  ): Promise<number | undefined>;
  /** Console output. */
  console(instanceId: string): string;
  /**
   * Calls `changed` when probes of an instance may get another answer than the last one; the result ends it. Hosts that
   * can tell are asked again only then, so that an idle hour of virtual time costs nothing.
   */
  watch?(instanceId: string, changed: () => void): () => void;
}

export interface HostsOptions {
  /** Folder for files of the instances. */
  folder: string;
  region: string;
  /** The user-data of an instance failed; `words` are the last it wrote. */
  failed?(instanceId: string, words: string): void;
}

/** Hosts whose instances are real, and talk to the local AWS over HTTP. */
export interface RunningHosts extends Hosts {
  /** Endpoint of the local AWS; known once that runs. */
  endpoint: string;
  /** Uploads objects that instances need and no stack deploys; called before the first instance. */
  stock?(s3: S3, bucket: string): void;
  /** Ends every instance. */
  stopAll(): Promise<void>;
}
