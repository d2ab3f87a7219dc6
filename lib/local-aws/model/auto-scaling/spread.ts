import type { Group } from './group.ts';
import { stayingMembers } from './group.ts';
import type { Member } from './member.ts';

/** The subnet with the fewest members; the first of equals. */
export function emptiestSubnet(group: Group): string {
  const used = stayingMembers(group).map(({ instance }) => instance.subnet);
  const count = (subnet: string) => used.filter((other) => other === subnet).length;
  return group.subnets.toSorted((a, b) => count(a) - count(b))[0] ?? '';
}

/** Member that a smaller desired capacity ends: the oldest of the fullest zone. */
export function scaleInChoice(members: readonly Member[], count: number): Member[] {
  const left = members.toSorted((a, b) => a.instance.launchedAt - b.instance.launchedAt);
  const chosen: Member[] = [];
  while (chosen.length < count && left.length > 0) {
    const zones = Map.groupBy(left, ({ instance }) => instance.zone);
    const [fullest] = [...zones.values()].toSorted((a, b) => b.length - a.length);
    const member = fullest?.[0];
    if (!member) break;
    chosen.push(member);
    left.splice(left.indexOf(member), 1);
  }
  return chosen;
}
