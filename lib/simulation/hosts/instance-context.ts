import type { Lifecycle } from '../../aws/lifecycle.ts';
import type { Objects } from '../../aws/objects.ts';
import type { Parameters } from '../../aws/parameters.ts';

/** Connections of an instance in a simulation. */
export interface InstanceContext {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  parameters: Parameters;
  objects(bucket: string): Objects;
  lifecycle: Lifecycle;
  /** Whether a commit is on a branch of a repository; throws GitFailed when the host cannot be asked. */
  holds(url: string, branch: string, commit: string): Promise<boolean>;
  /** The instance has ended: its remaining requests get no answer. */
  end(): void;
}
