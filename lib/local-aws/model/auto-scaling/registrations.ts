import type { Elb } from '../elb/elb.ts';
import type { TargetGroup } from '../elb/target-group.ts';
import { type TargetListener, targetsOf } from '../elb/targets.ts';
import type { Group } from './group.ts';

/** The members of groups as targets of the load balancer. */
export class Registrations {
  readonly #elb: Elb;

  constructor(elb: Elb) {
    this.#elb = elb;
  }

  register(group: Group, instanceId: string): void {
    for (const targets of this.#groupsOf(group)) this.#elb.targets.register(targets, instanceId);
  }

  /** Deregisters an instance from every target group of its group; `then` is called once it is out of all of them. */
  drain(group: Group, instanceId: string, then: () => void): void {
    const groups = this.#groupsOf(group);
    for (const targets of groups) this.#elb.targets.deregister(targets, instanceId);
    const isOut = () => groups.every((targets) => targetsOf(targets, instanceId).length === 0);
    if (isOut()) {
      then();
      return;
    }
    const { listeners } = this.#elb.targets;
    const listener: TargetListener = (_, target, __, to) => {
      if (target.id !== instanceId || to !== undefined || !isOut()) return;
      listeners.delete(listener);
      then();
    };
    listeners.add(listener);
  }

  /** Takes out an instance that no longer exists, wherever it is registered. */
  forget(group: Group, instanceId: string): void {
    for (const targets of this.#groupsOf(group)) this.#elb.targets.forget(targets, instanceId);
  }

  exists(targetGroup: string): boolean {
    return this.#elb.groups.byArn.has(targetGroup);
  }

  #groupsOf(group: Group): TargetGroup[] {
    return [...group.targetGroups].flatMap((arn) => this.#elb.groups.byArn.get(arn) ?? []);
  }
}
