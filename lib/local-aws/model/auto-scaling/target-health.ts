import type { Clock } from '../../clock.ts';
import type { Elb } from '../elb/elb.ts';
import type { Fleets } from './fleets.ts';
import type { Group } from './group.ts';
import type { Member } from './member.ts';

/** Replaces instances that the load balancer finds unhealthy, in groups whose health check type is ELB. */
export function watchTargets(clock: Clock, elb: Elb, fleets: Fleets): void {
  const isUnhealthy = (group: Group, member: Member) =>
    [...group.targetGroups].some((arn) =>
      [...(elb.groups.byArn.get(arn)?.targets.values() ?? [])].some(
        ({ id, state }) => id === member.instance.id && state === 'unhealthy',
      ),
    );

  const judge = (group: Group, member: Member) => {
    if (member.state !== 'InService' || !isUnhealthy(group, member)) return;
    const graceLeft = (member.inServiceAt ?? 0) + group.graceSeconds * 1000 - clock.now();
    if (graceLeft > 0) {
      clock.after(graceLeft, () => judge(group, member));
      return;
    }
    member.healthy = false;
    fleets.lifecycle.terminate(group, member);
  };

  elb.targets.listeners.add((_, target, __, to) => {
    if (to !== 'unhealthy') return;
    const found = fleets.member(target.id);
    if (found?.[0].healthCheckType.includes('ELB')) judge(...found);
  });
}
