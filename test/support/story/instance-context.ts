import type { HeldInstance } from '../../../lib/aws/lifecycle.ts';
import type { InstanceContext } from '../../../lib/simulation/hosts/instance-context.ts';
import { VirtualClock } from '../../../lib/simulation/virtual-clock.ts';

/** Surroundings in memory, and what was done to them. */
export interface Known {
  context: InstanceContext;
  clock: VirtualClock;
  /** `NAME:VERSION` or `NAME` to the value. */
  parameters: Map<string, string>;
  /** Objects that are there, by key. */
  objects: Map<string, string>;
  /** What the launch hook was told. */
  hook: string[];
  /** Commits that branches hold. */
  held: Set<string>;
}

export function known(): Known {
  const clock = new VirtualClock();
  const parameters = new Map<string, string>();
  const objects = new Map<string, string>();
  const hook: string[] = [];
  const held = new Set<string>();
  const head = (key: string) => ({ key, etag: '"e"', version: 'v1', size: 1 });
  const context: InstanceContext = {
    now: () => clock.now(),
    sleep: (milliseconds) => new Promise((resolve) => clock.after(milliseconds, resolve)),
    parameters: {
      get: async (name) => found(parameters, name, name, 1),
      async getVersion(name, version) {
        const parameter = found(parameters, `${name}:${version}`, name, version);
        if (!parameter) throw new Error(`no ${name}:${version}`);
        return parameter;
      },
      together: async () => new Map(),
      put: () => Promise.reject(new Error('an instance writes no parameter')),
      history: () => Promise.reject(new Error('an instance reads no history')),
    },
    objects: () => ({
      get: async () => undefined,
      head: async (key) => (objects.has(key) ? head(key) : undefined),
      stream: async () => undefined,
      list: async () => [],
      async put(key, body) {
        objects.set(key, String(body));
        return { etag: '"e"' };
      },
      upload: () => Promise.reject(new Error('a simulated instance has no files')),
    }),
    lifecycle: {
      complete: async (_: HeldInstance, result) => hook.push(result) > 0,
      heartbeat: async () => hook.push('heartbeat') > 0,
    },
    holds: async (_, __, commit) => held.has(commit),
    end: () => undefined,
  };
  return { context, clock, parameters, objects, hook, held };
}

function found(parameters: ReadonlyMap<string, string>, id: string, name: string, version: number) {
  const value = parameters.get(id);
  return value === undefined ? undefined : { name, value, version };
}
