/** An instance as its Auto Scaling group knows it. */
interface Placed {
  id: string;
  lifecycle: string;
}

/** Whether an instance is on its way out, or gone. */
export function leaving({ lifecycle }: Placed): boolean {
  return lifecycle.startsWith('Terminat') || lifecycle.startsWith('Detach');
}

export function staying<T extends Placed>(instances: readonly T[]): T[] {
  return instances.filter((instance) => !leaving(instance));
}

/** Instances that have passed the launch hook: the agent vouched for them. */
export function inService<T extends Placed>(instances: readonly T[]): T[] {
  return instances.filter(({ lifecycle }) => lifecycle === 'InService');
}
