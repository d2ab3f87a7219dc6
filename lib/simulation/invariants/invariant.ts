import type { Call } from '../../local-aws/model/faults.ts';
import type { World } from '../../local-aws/world.ts';
import type { SimulatedHosts } from '../hosts/simulated-hosts.ts';
import type { Invocation } from '../invocation.ts';
import type { Truth } from '../truth.ts';

/** What invariants look at. */
export interface Scene {
  world: World;
  truth: Truth;
  hosts: SimulatedHosts;
  /** Whether an instance was killed or silenced from outside: nobody can know at once. */
  isExcused(instanceId: string): boolean;
  /** The run of a function by the name of its process; undefined: an instance calls. */
  invocation(caller: string | undefined): Invocation | undefined;
}

/** Something that must hold as long as a simulation runs. Each question gives the violation in a sentence. */
export interface Invariant {
  name: string;
  /** Before a call that changes something is carried out. */
  acting?(call: Call, invocation: Invocation): string | undefined;
  /** Whenever something may have happened. */
  look?(): string | undefined;
  /** When nothing is left to happen. */
  rest?(): string | undefined;
}

/** Makes an invariant for one simulation; it may remember what it saw. */
export type InvariantOf = (scene: Scene) => Invariant;
