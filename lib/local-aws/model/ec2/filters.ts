import type { Filter } from '@aws-sdk/client-ec2';
import { notModelled } from '../error.ts';
import type { Instance } from './instance.ts';

/** Whether an instance passes every filter; values of one filter are alternatives, `*` and `?` are wildcards. */
export function passesFilters(instance: Instance, filters: readonly Filter[]): boolean {
  return filters.every(({ Name = '', Values = [] }) => {
    const found = valuesOf(instance, Name);
    return Values.some((pattern) => found.some((value) => matches(value, pattern)));
  });
}

function valuesOf(instance: Instance, name: string): string[] {
  if (name.startsWith('tag:')) return [instance.tags[name.slice(4)]].filter((value) => value !== undefined);
  const known: Record<string, () => string[]> = {
    'tag-key': () => Object.keys(instance.tags),
    'instance-id': () => [instance.id],
    'instance-state-name': () => [instance.state],
    'private-ip-address': () => [instance.address],
    'subnet-id': () => [instance.subnet],
    'availability-zone': () => [instance.zone],
  };
  const values = known[name];
  if (!values) throw notModelled(`the instance filter ${name}`);
  return values();
}

function matches(value: string, pattern: string): boolean {
  const text = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${text}$`, 's').test(value);
}
