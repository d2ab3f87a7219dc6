import type { Clock } from '../../clock.ts';
import type { Instances } from '../ec2/instances.ts';
import type { Ids } from '../ids.ts';
import type { Timing } from '../timing.ts';
import type { Group } from './group.ts';
import type { HookResult, Transition } from './hook.ts';
import { isLeaving, isWarmed, type Member } from './member.ts';
import type { Registrations } from './registrations.ts';
import { Wait } from './wait.ts';

/** Events of a member that its group needs. */
export interface LifecycleEvents {
  inService(group: Group, member: Member): void;
  /** It no longer counts towards the desired capacity. */
  leaving(group: Group, member: Member): void;
  gone(group: Group, member: Member): void;
}

/** Lifecycle of an instance in its group: launch hooks, service, draining, terminate hooks. */
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

  /** The member's instance runs and is about to boot. */
  running(group: Group, member: Member): void {
    if (member.state !== 'Pending' && member.state !== 'Warmed:Pending') return;
    this.#wait(group, member, 'autoscaling:EC2_INSTANCE_LAUNCHING', (result) => {
      if (result === 'ABANDON') this.terminate(group, member);
      else if (isWarmed(member)) this.#enterWarmPool(member);
      else this.#enter(group, member);
    });
  }

  /** The member's instance is stopped and waits in the warm pool. */
  noteStopped(member: Member): void {
    if (member.state !== 'Warmed:Pending:Proceed') return;
    member.state = 'Warmed:Stopped';
    member.served = true;
  }

  /** Takes a member out of the warm pool, into the group. */
  wake(group: Group, member: Member): void {
    group.warmed.delete(member.instance.id);
    group.members.set(member.instance.id, member);
    member.state = 'Pending';
    member.served = false;
    this.#instances.resume(member.instance.id);
  }

  /** Ends a member: deregisters and drains it, runs the terminate hooks, then terminates it. */
  terminate(group: Group, member: Member): void {
    if (isLeaving(member)) return;
    this.#leave(group, member);
    this.#registrations.drain(group, member.instance.id, () => {
      if (!member.state.endsWith('Terminating')) return;
      this.#wait(group, member, 'autoscaling:EC2_INSTANCE_TERMINATING', () => this.#end(member));
    });
  }

  /** Ends a member without draining and hooks. */
  terminateNow(group: Group, member: Member): void {
    if (isProceeding(member)) return;
    this.#cancelWaits(member);
    if (!isLeaving(member)) this.#leave(group, member);
    this.#registrations.drain(group, member.instance.id, () => undefined);
    this.#proceed(member);
    this.#instances.terminate(member.instance.id);
  }

  /** The member's instance began to end without a request of the group. */
  noteLost(group: Group, member: Member): void {
    if (isProceeding(member)) return;
    this.#clock.after(this.#timing.notice, () => {
      member.healthy = false;
      this.#cancelWaits(member);
      if (!isLeaving(member)) this.#leave(group, member);
      this.#proceed(member);
      if (member.instance.state === 'terminated') this.#remove(group, member);
    });
  }

  /** The member's instance is terminated. */
  noteEnded(group: Group, member: Member): void {
    this.#registrations.forget(group, member.instance.id);
    if (isProceeding(member)) this.#remove(group, member);
  }

  #enter(group: Group, member: Member): void {
    member.state = 'Pending:Proceed';
    this.#clock.after(this.#timing.proceed, () => {
      if (member.state !== 'Pending:Proceed') return;
      member.state = 'InService';
      member.served = true;
      member.inServiceAt = this.#clock.now();
      this.#registrations.register(group, member.instance.id);
      this.#events.inService(group, member);
    });
  }

  /** Ready for the warm pool: its instance is stopped. */
  #enterWarmPool(member: Member): void {
    member.state = 'Warmed:Pending:Proceed';
    this.#clock.after(this.#timing.proceed, () => {
      if (member.state === 'Warmed:Pending:Proceed') this.#instances.halt(member.instance.id);
    });
  }

  #leave(group: Group, member: Member): void {
    this.#cancelWaits(member);
    member.state = isWarmed(member) ? 'Warmed:Terminating' : 'Terminating';
    this.#events.leaving(group, member);
  }

  #proceed(member: Member): void {
    member.state = isWarmed(member) ? 'Warmed:Terminating:Proceed' : 'Terminating:Proceed';
  }

  #end(member: Member): void {
    this.#proceed(member);
    this.#clock.after(this.#timing.proceed, () => this.#instances.terminate(member.instance.id));
  }

  #remove(group: Group, member: Member): void {
    const { id } = member.instance;
    if (!group.members.delete(id) && !group.warmed.delete(id)) return;
    this.#events.gone(group, member);
  }

  /** Waits for all hooks of a transition; the first ABANDON ends the others. */
  #wait(group: Group, member: Member, transition: Transition, then: (result: HookResult) => void): void {
    const hooks = [...group.hooks.values()].filter((hook) => hook.transition === transition);
    if (hooks.length === 0) {
      then('CONTINUE');
      return;
    }
    const state = transition === 'autoscaling:EC2_INSTANCE_LAUNCHING' ? 'Pending:Wait' : 'Terminating:Wait';
    member.state = isWarmed(member) ? `Warmed:${state}` : state;
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

function isProceeding({ state }: Member): boolean {
  return state.endsWith('Terminating:Proceed');
}
