import type { Call } from '../../local-aws/model/faults.ts';
import type { World } from '../../local-aws/world.ts';
import type { SimulatedHosts } from '../hosts/simulated-hosts.ts';
import type { Invocation } from '../invocation.ts';
import type { Truth } from '../truth.ts';

/** Context of the invariants. */
export interface Scene {
  world: World;
  truth: Truth;
  hosts: SimulatedHosts;
  /** Whether an instance was killed or silenced from outside: nobody can know at once. */
  isExcused(instanceId: string): boolean;
  /** Whether somebody changed the production rule by hand and the traffic is not back yet. */
  isMeddled(): boolean;
  /** The run of a function by the name of its process; undefined: an instance is calling. */
  invocation(caller: string | undefined): Invocation | undefined;
}

/** A property that must hold throughout a simulation. Each method returns a violation in a sentence. */
export interface Invariant {
  name: string;
  /** Called before a changing call is carried out. */
  acting?(call: Call, invocation: Invocation): string | undefined;
  /** Called whenever something may have happened. */
  look?(): string | undefined;
  /** Called when nothing is left to happen. */
  rest?(): string | undefined;
}

/** Creates an invariant for one simulation. It may remember its observations. */
export type InvariantOf = (scene: Scene) => Invariant;
