import type { PresentPool } from './warm-pool.ts';

/** An instance as its Auto Scaling group knows it. */
export interface Instance {
  id: string;
  /** `Pending`, `Pending:Wait`, `InService`, `Terminating:Wait`, ... */
  lifecycle: string;
}

/** A fleet as it is now: one Auto Scaling group. */
export interface Fleet {
  name: string;
  min: number;
  max: number;
  desired: number;
  /** Without those of the warm pool. */
  instances: Instance[];
  /** Left out: it has none. */
  warmPool?: PresentPool;
  tags: Readonly<Record<string, string>>;
  /** ARNs. */
  targetGroups: string[];
  launchTemplate: { id: string; version: number } | undefined;
  /** Whether it is being deleted. */
  deleting: boolean;
}

/** An instance as a target group of the load balancer knows it. */
export interface Target {
  /** Instance id. */
  id: string;
  port: number;
  /** `initial`, `healthy`, `unhealthy`, `unused`, `draining`, ... */
  state: string;
  /** `Target.FailedHealthChecks`, ... with its text. */
  reason?: string;
  description?: string;
}

/** A target group's part in a rule. */
export interface Weight {
  /** ARN. */
  targetGroup: string;
  /** 0 to 999. */
  weight: number;
}

/** Action of a rule: weights over target groups; no weights: a fixed 503 "nothing is deployed yet". */
export type Forward = readonly Weight[];
