import { internalError } from '../local-aws/model/fault-errors.ts';
import type { Call } from '../local-aws/model/faults.ts';
import type { Step } from '../rollout/contract.ts';
import type { Scene } from './invariants/invariant.ts';

/** A call of a step, by its operation and by words in its input. */
export interface InterruptedCall {
  step: Step;
  /** `PutParameter`, ... */
  operation: string;
  /** Part of the input as JSON. Default: any input. */
  about?: string;
}

/** Kills the Lambda that makes this call next, right before or right after it is carried out. */
export function dieAt(scene: Scene, target: InterruptedCall, when: 'before' | 'after'): void {
  const remove = scene.world.faults.add((call) => {
    if (!isMeant(scene, target, call)) return undefined;
    remove();
    scene.invocation(call.caller)?.kill();
    return when === 'before' ? { error: internalError() } : {};
  });
}

/** Delays the next call of this kind. */
export function delay(scene: Scene, target: InterruptedCall, milliseconds: number): void {
  const remove = scene.world.faults.add((call) => {
    if (!isMeant(scene, target, call)) return undefined;
    remove();
    return { delayMilliseconds: milliseconds };
  });
}

function isMeant(scene: Scene, { step, operation, about }: InterruptedCall, call: Call): boolean {
  if (call.operation !== operation || scene.invocation(call.caller)?.step !== step) return false;
  return about === undefined || JSON.stringify(call.input).includes(about);
}
