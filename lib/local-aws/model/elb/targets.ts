import type { Clock } from '../../clock.ts';
import type { Hosts } from '../hosts.ts';
import type { Timing } from '../timing.ts';
import { afterCheck, isSettled, type Target, type TargetState } from './target.ts';
import { drainMilliseconds, type TargetGroup } from './target-group.ts';

/** Called with every change of a target's state; `undefined`: not registered. */
export type TargetListener = (
  group: TargetGroup,
  target: Target,
  from: TargetState | undefined,
  to: TargetState | undefined,
) => void;

const nothing = () => undefined;

/** Registers, checks and drains targets. */
export class Targets {
  readonly listeners = new Set<TargetListener>();
  readonly #clock: Clock;
  readonly #hosts: Hosts;
  readonly #timing: Timing;
  readonly #inUse: (group: TargetGroup) => boolean;

  constructor(clock: Clock, hosts: Hosts, timing: Timing, inUse: (group: TargetGroup) => boolean) {
    this.#clock = clock;
    this.#hosts = hosts;
    this.#timing = timing;
    this.#inUse = inUse;
  }

  /** A registered target stays as it is; a draining one starts again. */
  register(group: TargetGroup, id: string, port: number = group.port): void {
    const known = group.targets.get(key(id, port));
    if (known && known.state !== 'draining') return;
    known?.cancel();
    const target: Target = {
      id,
      port,
      state: 'unused',
      passed: 0,
      failed: 0,
      lastStatus: undefined,
      cancel: nothing,
      wake: undefined,
    };
    group.targets.set(key(id, port), target);
    this.#tell(group, target, known?.state, 'unused');
    this.refresh(group);
  }

  /** Drains a target; a target that is not registered is no error. */
  deregister(group: TargetGroup, id: string, port?: number): void {
    for (const target of targetsOf(group, id, port)) {
      if (target.state === 'draining') continue;
      target.cancel();
      const delay = target.state === 'unused' ? 0 : drainMilliseconds(group);
      if (delay === 0) {
        this.#remove(group, target);
        continue;
      }
      this.#set(group, target, 'draining');
      target.cancel = this.#clock.after(delay, () => this.#remove(group, target));
    }
  }

  /** Takes out an instance that no longer exists. */
  forget(group: TargetGroup, id: string): void {
    for (const target of targetsOf(group, id)) {
      target.cancel();
      this.#remove(group, target);
    }
  }

  /** Takes out all targets of a group that is being deleted. */
  forgetAll(group: TargetGroup): void {
    for (const { id } of [...group.targets.values()]) this.forget(group, id);
  }

  /** Starts or stops checks after the rules changed. */
  refresh(group: TargetGroup): void {
    const used = this.#inUse(group);
    for (const target of group.targets.values()) {
      if (used && target.state === 'unused') this.#begin(group, target);
      if (!used && target.state !== 'unused' && target.state !== 'draining') this.#idle(group, target);
    }
  }

  /** Resumes paused checks after the group's health check changed. */
  wake(group: TargetGroup): void {
    for (const target of group.targets.values()) target.wake?.();
  }

  #begin(group: TargetGroup, target: Target): void {
    this.#set(group, target, 'initial');
    this.#checkIn(group, target, this.#timing.firstCheck);
  }

  #idle(group: TargetGroup, target: Target): void {
    target.cancel();
    target.cancel = nothing;
    target.passed = 0;
    target.failed = 0;
    this.#set(group, target, 'unused');
  }

  #checkIn(group: TargetGroup, target: Target, milliseconds: number): void {
    let live = true;
    const stop = this.#clock.after(milliseconds, () => {
      const began = this.#clock.now();
      const { path, timeoutSeconds } = group.check;
      void this.#hosts.probe(target.id, target.port, path, timeoutSeconds * 1000).then((status) => {
        if (live) this.#finishCheck(group, target, began, status);
      });
    });
    target.cancel = () => {
      live = false;
      stop();
    };
  }

  #finishCheck(group: TargetGroup, target: Target, began: number, status: number | undefined): void {
    this.#set(group, target, afterCheck(target, group.check, status));
    if (this.#hosts.watch && isSettled(target, group.check)) this.#pauseChecks(group, target, began);
    else this.#checkIn(group, target, untilNext(group, began, this.#clock.now()));
  }

  /** Pauses the checks until the hosts say that something changed, then goes on in step with them. */
  #pauseChecks(group: TargetGroup, target: Target, began: number): void {
    const unwatch = this.#hosts.watch?.(target.id, () => target.wake?.()) ?? nothing;
    const end = () => {
      target.wake = undefined;
      unwatch();
    };
    target.cancel = end;
    target.wake = () => {
      end();
      this.#checkIn(group, target, untilNext(group, began, this.#clock.now()));
    };
  }

  #set(group: TargetGroup, target: Target, state: TargetState): void {
    if (target.state === state) return;
    const from = target.state;
    target.state = state;
    this.#tell(group, target, from, state);
  }

  #remove(group: TargetGroup, target: Target): void {
    group.targets.delete(key(target.id, target.port));
    this.#tell(group, target, target.state, undefined);
  }

  #tell(...change: Parameters<TargetListener>): void {
    for (const listener of [...this.listeners]) listener(...change);
  }
}

/** The targets of one instance, or only the one on this port. */
export function targetsOf(group: TargetGroup, id: string, port?: number): Target[] {
  return [...group.targets.values()].filter(
    (target) => target.id === id && (port === undefined || target.port === port),
  );
}

/** Time until the next check of a series that began at `began`. */
function untilNext(group: TargetGroup, began: number, now: number): number {
  const interval = group.check.intervalSeconds * 1000;
  return interval - ((now - began) % interval);
}

function key(id: string, port: number): string {
  return `${id}:${port}`;
}
