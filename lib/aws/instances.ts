export interface FoundInstance {
  id: string;
  /** Name of its Auto Scaling group. */
  group: string | undefined;
  /** `pending`, `running`, `shutting-down`, `terminated`, ... */
  state: string;
}

/** EC2 instances. */
export interface Instances {
  /** Instances that a deployment launched, those that ended within the last hour included. */
  ofDeployment(deployment: string): Promise<FoundInstance[]>;
  /** What the console shows, newest last; empty when there is nothing (yet). */
  console(id: string): Promise<string>;
}
