import type { Group } from '../local-aws/model/auto-scaling/group.ts';
import { defaults } from './options.ts';

/** Changes of the production rule by hand, until the last node of the load balancer has forgotten them. */
export class Meddling {
  #goesOn = false;
  #backSince: number | undefined;

  begin(): void {
    this.#goesOn = true;
    this.#backSince = undefined;
  }

  /** `isBack`: whether the traffic is where it belongs. A node may still learn of the change by hand then. */
  lasts(now: number, isBack: () => boolean): boolean {
    if (!this.#goesOn) return false;
    this.#backSince = isBack() ? (this.#backSince ?? now) : undefined;
    const lag = defaults.timing.ruleLag ?? 0;
    if (this.#backSince !== undefined && now - this.#backSince > lag) this.#goesOn = false;
    return this.#goesOn;
  }
}

/** Whether a fleet gets all traffic, whichever weights a node goes by. */
export function isAllOn(
  fleet: Group | undefined,
  weights: readonly (ReadonlyMap<string, number> | undefined)[],
): boolean {
  return weights.every((each) => {
    const taking = [...(each ?? [])].filter(([, weight]) => weight > 0).map(([arn]) => arn);
    return taking.length > 0 && taking.every((arn) => fleet?.targetGroups.has(arn));
  });
}
