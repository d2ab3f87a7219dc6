import type { Forward } from './balancer.ts';

export interface Conditions {
  /** Host names; none: all. */
  hosts: readonly string[];
  /** Paths; none: all. */
  paths: readonly string[];
}

export interface Rule {
  arn: string;
  priority: number;
}

/** Elastic Load Balancing: the rules of a listener. The custom resource makes and removes them, the workflow never does. */
export interface Rules {
  /** Rules of a listener that carry the tags of a service. */
  find(listener: string, environment: string, service: string): Promise<Rule[]>;
  create(rule: {
    listener: string;
    priority: number;
    conditions: Conditions;
    forward: Forward;
    tags: Readonly<Record<string, string>>;
  }): Promise<string>;
  /** Changes the conditions; the actions stay. */
  setConditions(rule: string, conditions: Conditions): Promise<void>;
  setPriority(rule: string, priority: number): Promise<void>;
  /** Deletes a rule; one that is gone is fine. */
  delete(rule: string): Promise<void>;
}
