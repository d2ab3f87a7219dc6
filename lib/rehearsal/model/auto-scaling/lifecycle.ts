import type { Clock } from '../../clock.ts';
import type { Instances } from '../ec2/instances.ts';
import type { Ids } from '../ids.ts';
import type { Timing } from '../timing.ts';
import type { Group } from './group.ts';
import type { HookResult, Transition } from './hook.ts';
import { isLeaving, type Member } from './member.ts';
import type { Registrations } from './registrations.ts';
import { Wait } from './wait.ts';

/** What the group must know of a member's way. */
export interface LifecycleEvents {
  inService(group: Group): void;
  /** It no longer counts towards the desired capacity. */
  leaving(group: Group, member: Member): void;
  gone(group: Group): void;
}

/** The way of an instance through its group: in through the launch hooks, out through draining and the terminate hooks. */
export class Lifecycle {
  readonly #clock: Clock;
  readonly #timing: Timing;
  readonly #ids: Ids;
  readonly #instances: Instances;
  readonly #registrations: Registrations;
  readonly #events: LifecycleEvents;

  constructor(
    clock: Clock,
    timing: Timing,
    ids: Ids,
    instances: Instances,
    registrations: Registrations,
    events: LifecycleEvents,
  ) {
    this.#clock = clock;
    this.#timing = timing;
    this.#ids = ids;
    this.#instances = instances;
    this.#registrations = registrations;
    this.#events = events;
  }

  /** Its instance runs and is about to boot. */
  running(group: Group, member: Member): void {
    if (member.state !== 'Pending') return;
    this.#wait(group, member, 'autoscaling:EC2_INSTANCE_LAUNCHING', (result) => {
      if (result === 'ABANDON') this.terminate(group, member);
      else this.#enter(group, member);
    });
  }

  /** Leads a member out: deregistered and drained first, then the hooks, then terminated. */
  terminate(group: Group, member: Member): void {
    if (isLeaving(member)) return;
    this.#leave(group, member);
    this.#registrations.drain(group, member.instance.id, () => {
      if (member.state !== 'Terminating') return;
      this.#wait(group, member, 'autoscaling:EC2_INSTANCE_TERMINATING', () => this.#end(member));
    });
  }

  /** Ends a member without draining and hooks. */
  terminateNow(group: Group, member: Member): void {
    if (member.state === 'Terminating:Proceed') return;
    this.#cancelWaits(member);
    if (!isLeaving(member)) this.#leave(group, member);
    this.#registrations.drain(group, member.instance.id, () => undefined);
    member.state = 'Terminating:Proceed';
    this.#instances.terminate(member.instance.id);
  }

  /** Its instance began to end without the group's doing. */
  lost(group: Group, member: Member): void {
    if (member.state === 'Terminating:Proceed') return;
    this.#clock.after(this.#timing.notice, () => {
      member.healthy = false;
      this.#cancelWaits(member);
      if (!isLeaving(member)) this.#leave(group, member);
      member.state = 'Terminating:Proceed';
      if (member.instance.state === 'terminated') this.#remove(group, member);
    });
  }

  /** Its instance is terminated. */
  ended(group: Group, member: Member): void {
    this.#registrations.forget(group, member.instance.id);
    if (member.state === 'Terminating:Proceed') this.#remove(group, member);
  }

  #enter(group: Group, member: Member): void {
    member.state = 'Pending:Proceed';
    this.#clock.after(this.#timing.proceed, () => {
      if (member.state !== 'Pending:Proceed') return;
      member.state = 'InService';
      member.served = true;
      member.inServiceAt = this.#clock.now();
      this.#registrations.register(group, member.instance.id);
      this.#events.inService(group);
    });
  }

  #leave(group: Group, member: Member): void {
    this.#cancelWaits(member);
    member.state = 'Terminating';
    this.#events.leaving(group, member);
  }

  #end(member: Member): void {
    member.state = 'Terminating:Proceed';
    this.#clock.after(this.#timing.proceed, () => this.#instances.terminate(member.instance.id));
  }

  #remove(group: Group, member: Member): void {
    if (!group.members.delete(member.instance.id)) return;
    this.#events.gone(group);
  }

  /** Waits for all hooks of a transition; the first ABANDON ends the others. */
  #wait(group: Group, member: Member, transition: Transition, then: (result: HookResult) => void): void {
    const hooks = [...group.hooks.values()].filter((hook) => hook.transition === transition);
    if (hooks.length === 0) {
      then('CONTINUE');
      return;
    }
    member.state = transition === 'autoscaling:EC2_INSTANCE_LAUNCHING' ? 'Pending:Wait' : 'Terminating:Wait';
    for (const hook of hooks) {
      const answered = (result: HookResult) => {
        member.waits.delete(hook.name);
        if (result === 'ABANDON') this.#cancelWaits(member);
        if (result === 'ABANDON' || member.waits.size === 0) then(result);
      };
      member.waits.set(hook.name, new Wait(this.#clock, hook, this.#ids.uuid(), answered));
    }
  }

  #cancelWaits(member: Member): void {
    for (const wait of member.waits.values()) wait.cancel();
    member.waits.clear();
  }
}
