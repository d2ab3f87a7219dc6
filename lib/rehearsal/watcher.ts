import type { ExecutionInfo } from './model/states/execution.ts';
import type { Timeline } from './timeline.ts';
import type { StateEvent } from './workflow/interpreter.ts';
import { StepClock, type TimedStep } from './workflow/steps.ts';

/** Watches executions: shows their steps and remembers how long each took. */
export class Watcher {
  readonly #clocks = new Map<string, StepClock>();
  readonly #timeline: Timeline;

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
  }

  readonly seen = (execution: ExecutionInfo, event: StateEvent): void => {
    const clock = this.#clocks.get(execution.arn) ?? new StepClock();
    this.#clocks.set(execution.arn, clock);
    const step = clock.see(event);
    if (step) this.#timeline.say(`  ${step}`);
  };

  /** Steps of an execution that ended at `endedAt`. */
  stepsOf(executionArn: string, endedAt: number): TimedStep[] {
    const clock = this.#clocks.get(executionArn);
    clock?.end(endedAt);
    return clock?.steps ?? [];
  }
}
