import type { DeleteWarmPoolType } from '@aws-sdk/client-auto-scaling';
import type { Clock } from '../../clock.ts';
import type { Ec2 } from '../ec2/ec2.ts';
import { withImage } from '../ec2/image.ts';
import { describeReason, type Instance } from '../ec2/instance.ts';
import type { Elb } from '../elb/elb.ts';
import { AwsError } from '../error.ts';
import type { Ids } from '../ids.ts';
import type { Ssm } from '../ssm/ssm.ts';
import type { Timing } from '../timing.ts';
import { everyMember, type Group, stayingMembers, stayingWarmMembers } from './group.ts';
import { Lifecycle } from './lifecycle.ts';
import { isWarmed, type Member, newMember } from './member.ts';
import { Registrations } from './registrations.ts';
import { emptiestSubnet, scaleInChoice } from './spread.ts';
import { poolSize, poolToDelete } from './warm-pool.ts';

type LaunchState = 'Pending' | 'Warmed:Pending';

/** Brings every group to its desired capacity, after each change. */
export class Fleets {
  readonly groups = new Map<string, Group>();
  readonly lifecycle: Lifecycle;
  readonly registrations: Registrations;
  readonly #clock: Clock;
  readonly #timing: Timing;
  readonly #ec2: Ec2;
  readonly #ssm: Ssm;

  constructor(clock: Clock, timing: Timing, ids: Ids, ec2: Ec2, elb: Elb, ssm: Ssm) {
    this.#clock = clock;
    this.#timing = timing;
    this.#ec2 = ec2;
    this.#ssm = ssm;
    this.registrations = new Registrations(elb);
    this.lifecycle = new Lifecycle(clock, timing, ids, ec2.instances, this.registrations, {
      inService: (group, member) => this.#noteSuccess(group, member),
      leaving: (group, member) => this.#leaving(group, member),
      gone: (group, member) => this.#gone(group, member),
    });
    ec2.instances.running = (instance) => this.#with(instance, (...of) => this.lifecycle.running(...of));
    ec2.instances.stopped = (instance) =>
      this.#with(instance, (group, member) => {
        this.lifecycle.noteStopped(member);
        group.activities.launched(instance.id);
      });
    ec2.instances.ending = (instance) => this.#with(instance, (...of) => this.lifecycle.noteLost(...of));
    ec2.instances.ended = (instance) => this.#with(instance, (...of) => this.lifecycle.noteEnded(...of));
  }

  /** Launches or ends as many instances as the desired capacity and the warm pool ask for. */
  reconcile(group: Group): void {
    if (group.deleting) {
      this.#removeWhenEmpty(group);
      return;
    }
    this.#wake(group, group.desired - stayingMembers(group).length);
    this.#shrink(group, stayingMembers(group), group.desired);
    this.#shrink(group, stayingWarmMembers(group), poolSize(group));
    if (group.warmPool?.deleting && group.warmed.size === 0) group.warmPool = undefined;
    this.#launch(group);
  }

  /** Starts instances of the warm pool before it launches others. */
  #wake(group: Group, count: number): void {
    const stopped = [...group.warmed.values()].filter(({ state }) => state === 'Warmed:Stopped');
    for (const member of stopped.slice(0, Math.max(0, count))) {
      group.activities.launching(member.instance.id);
      this.lifecycle.wake(group, member);
    }
  }

  #shrink(group: Group, members: readonly Member[], size: number): void {
    for (const member of scaleInChoice(members, members.length - size))
      this.lifecycle.terminate(group, member);
  }

  /** Ends a warm pool and its instances without hooks. */
  deletePool(group: Group, input: DeleteWarmPoolType): void {
    poolToDelete(group, input).deleting = true;
    for (const member of [...group.warmed.values()]) this.lifecycle.terminateNow(group, member);
    this.reconcile(group);
  }

  /** Deletes a group: at once when it is empty, else as soon as its instances are gone. */
  delete(group: Group): void {
    group.deleting = true;
    group.cancelRetry();
    for (const member of everyMember(group)) this.lifecycle.terminateNow(group, member);
    this.#removeWhenEmpty(group);
  }

  member(instanceId: string): [Group, Member] | undefined {
    for (const group of this.groups.values()) {
      const member = group.members.get(instanceId) ?? group.warmed.get(instanceId);
      if (member) return [group, member];
    }
    return undefined;
  }

  #launch(group: Group): void {
    const missing = group.desired - stayingMembers(group).length;
    const warm = poolSize(group) - stayingWarmMembers(group).length;
    if (missing <= 0 && warm <= 0) return;
    group.cancelRetry();
    const wait = group.notBefore - this.#clock.now();
    if (wait > 0) {
      group.cancelRetry = this.#clock.after(wait, () => this.reconcile(group));
      return;
    }
    if (this.#launchAll(group, missing, 'Pending') && this.#launchAll(group, warm, 'Warmed:Pending')) return;
    this.#noteFailure(group);
    this.#launch(group);
  }

  /** Launches some; `false` when EC2 refused one, with the reason among the activities of the group. */
  #launchAll(group: Group, count: number, state: LaunchState): boolean {
    try {
      for (let index = 0; index < count; index += 1) this.#launchOne(group, state);
      return true;
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      group.activities.refused(error);
      return false;
    }
  }

  #launchOne(group: Group, state: LaunchState): void {
    const template = this.#ec2.templates.find({ LaunchTemplateId: group.template.id });
    const { data } = template.version(String(group.template.version));
    const subnet = emptiestSubnet(group);
    const instance = this.#ec2.instances.launch({
      group: group.name,
      template: group.template,
      data: withImage(this.#ssm, data),
      subnet,
      zone: this.#ec2.zones.get(subnet) ?? '',
      tags: tagsOf(group),
    });
    const members = state === 'Pending' ? group.members : group.warmed;
    members.set(instance.id, newMember(instance, state));
    group.activities.launching(instance.id);
  }

  #noteSuccess(group: Group, { instance }: Member): void {
    group.activities.launched(instance.id);
    group.failures = 0;
    group.notBefore = 0;
  }

  #gone(group: Group, { instance }: Member): void {
    group.activities.ended(instance.id);
    this.reconcile(group);
  }

  #leaving(group: Group, member: Member): void {
    const { id, stateReason } = member.instance;
    group.activities.ending(id, stateReason && describeReason(stateReason));
    const isMissed = isWarmed(member)
      ? stayingWarmMembers(group).length < poolSize(group)
      : stayingMembers(group).length < group.desired;
    if (!member.served && !group.deleting && isMissed) this.#noteFailure(group);
    this.reconcile(group);
  }

  /** From the second failed launch in a row on, each failure doubles the back-off of the group. */
  #noteFailure(group: Group): void {
    group.failures += 1;
    if (group.failures < 2) return;
    const backOff = this.#timing.backOff * 2 ** (group.failures - 2);
    group.notBefore = this.#clock.now() + Math.min(backOff, this.#timing.mostBackOff);
  }

  #removeWhenEmpty(group: Group): void {
    if (everyMember(group).length === 0) this.groups.delete(group.name);
  }

  #with(instance: Instance, then: (group: Group, member: Member) => void): void {
    const found = this.member(instance.id);
    if (found) then(...found);
  }
}

function tagsOf(group: Group): Record<string, string> {
  const propagated = [...group.tags].filter(([, tag]) => tag.propagate);
  return {
    ...Object.fromEntries(propagated.map(([key, { value }]) => [key, value])),
    'aws:autoscaling:groupName': group.name,
    'aws:ec2launchtemplate:id': group.template.id,
    'aws:ec2launchtemplate:version': String(group.template.version),
  };
}
