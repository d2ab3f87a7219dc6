import type { Health } from '../config/service.ts';

export interface Weight {
  /** ARN. */
  targetGroup: string;
  /** 0 to 999. */
  weight: number;
}

/** What a rule does with a request: weights over target groups; none: a fixed 503 "nothing is deployed yet". */
export type Forward = readonly Weight[];

export interface RuleAction {
  forward: Forward;
  /** Group stickiness is on. */
  sticky: boolean;
}

export interface Target {
  /** Instance id. */
  id: string;
  port: number;
  /** `initial`, `healthy`, `unhealthy`, `unused`, `draining`, ... */
  state: string;
  /** `Target.FailedHealthChecks`, ... and its text. */
  reason?: string;
  description?: string;
}

export interface TargetGroupInfo {
  arn: string;
  name: string;
  /** ARNs of the load balancers that a rule of which names it. */
  balancers: string[];
}

/** Elastic Load Balancing: traffic and targets. "Could not ask" throws AwsFailed. */
export interface Balancer {
  /** What a rule does now; `undefined` when there is no such rule. */
  action(rule: string): Promise<RuleAction | undefined>;
  /** Sets the weights of a rule, group stickiness off; no weights: the fixed 503. Its conditions stay. */
  forward(rule: string, weights: Forward): Promise<void>;
  /** All targets of a target group; none when the group is gone. */
  targets(targetGroup: string): Promise<Target[]>;
  /** Takes targets out; one that is gone is fine. */
  deregister(targetGroup: string, instances: readonly string[]): Promise<void>;
  /** Sets health check and deregistration delay. */
  configure(targetGroup: string, health: Health, drainSeconds: number): Promise<void>;
  /** Target groups that carry the tags of a service. */
  ofService(environment: string, service: string): Promise<TargetGroupInfo[]>;
  /** Deletes a target group; one that is gone is fine. */
  delete(targetGroup: string): Promise<void>;
}
