import type { Instance } from './fleet.ts';

/** Whether an instance is on its way out, or gone. */
export function leaving({ lifecycle }: Instance): boolean {
  return lifecycle.startsWith('Terminat') || lifecycle.startsWith('Detach');
}

export function staying<T extends Instance>(instances: readonly T[]): T[] {
  return instances.filter((instance) => !leaving(instance));
}

/** Instances that have passed the launch hook: the agent vouched for them. */
export function inService<T extends Instance>(instances: readonly T[]): T[] {
  return instances.filter(({ lifecycle }) => lifecycle === 'InService');
}
