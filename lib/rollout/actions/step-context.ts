import type { Balancer } from '../../aws/balancer.ts';
import type { Executions } from '../../aws/executions.ts';
import type { Groups } from '../../aws/groups.ts';
import type { Instances } from '../../aws/instances.ts';
import type { Journals } from '../../aws/journals.ts';
import type { Lifecycle } from '../../aws/lifecycle.ts';
import type { Objects } from '../../aws/objects.ts';
import type { Parameters } from '../../aws/parameters.ts';
import type { Policies } from '../../aws/policies.ts';
import type { Templates } from '../../aws/templates.ts';
import type { WarmPools } from '../../aws/warm-pools.ts';
import type { BranchTips } from '../../git/branch-tips.ts';

/** Adapters of the steps. A Lambda gets the real ones; tests and simulations bring their own. */
export interface Adapters {
  environment: string;
  /** Name of the store bucket. */
  bucket: string;
  /** ARN of the settle machine. */
  settleMachine: string;
  /** Milliseconds since the epoch. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  parameters: Parameters;
  objects: Objects;
  journals: Journals;
  groups: Groups;
  policies: Policies;
  warmPools: WarmPools;
  lifecycle: Lifecycle;
  templates: Templates;
  instances: Instances;
  balancer: Balancer;
  executions: Executions;
  refs: BranchTips;
}

/** The adapters that every step needs, plus those that it names. A Lambda bundles no other. */
export type StepContext<Adapter extends keyof Adapters = never> = Pick<
  Adapters,
  Adapter | 'environment' | 'now' | 'sleep' | 'journals' | 'objects' | 'bucket'
>;
