import type { Filter, Tag } from '@aws-sdk/client-auto-scaling';
import { notModelled } from '../error.ts';
import type { Group, GroupTag } from './group.ts';

export function groupTag({ Key = '', Value = '', PropagateAtLaunch }: Tag): [string, GroupTag] {
  return [Key, { value: Value, propagate: PropagateAtLaunch ?? true }];
}

/** Whether a group passes every filter of DescribeAutoScalingGroups; values of one filter are alternatives. */
export function passesTagFilters(group: Group, filters: readonly Filter[]): boolean {
  return filters.every(({ Name = '', Values = [] }) =>
    valuesOf(group, Name).some((value) => Values.includes(value)),
  );
}

function valuesOf(group: Group, name: string): string[] {
  if (name === 'tag-key') return [...group.tags.keys()];
  if (name === 'tag-value') return [...group.tags.values()].map(({ value }) => value);
  if (!name.startsWith('tag:')) throw notModelled(`the group filter ${name}`);
  const tag = group.tags.get(name.slice('tag:'.length));
  return tag ? [tag.value] : [];
}
