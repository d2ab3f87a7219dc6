import type { Instance } from './fleet.ts';

/** Whether an instance is ending or gone. */
export function isLeaving({ lifecycle }: Instance): boolean {
  return lifecycle.startsWith('Terminat') || lifecycle.startsWith('Detach');
}

export function withoutLeaving<T extends Instance>(instances: readonly T[]): T[] {
  return instances.filter((instance) => !isLeaving(instance));
}

/** Instances that have passed the launch hook, which means that the agent reported them ready. */
export function instancesInService<T extends Instance>(instances: readonly T[]): T[] {
  return instances.filter(({ lifecycle }) => lifecycle === 'InService');
}
