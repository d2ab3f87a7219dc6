import type { ExecutionInfo } from '../local-aws/model/states/execution.ts';
import type { StateEvent } from '../local-aws/states-language/interpreter.ts';
import { StepClock, type TimedStep } from '../local-aws/states-language/steps.ts';
import type { Answer } from '../rollout/contract.ts';
import type { Timeline } from './timeline.ts';

/** Watches executions: shows their steps and measures them. */
export class Watcher {
  readonly #clocks = new Map<string, StepClock>();
  readonly #timeline: Timeline;
  #because = '';

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
  }

  readonly seen = (execution: ExecutionInfo, event: StateEvent): void => {
    const clock = this.#clocks.get(execution.arn) ?? new StepClock();
    this.#clocks.set(execution.arn, clock);
    const step = clock.see(event);
    if (step) this.#timeline.say(`  ${step}`);
    this.#tellWait(event);
  };

  /** Shows why a step waits, once for each reason. */
  #tellWait({ type, output }: StateEvent): void {
    if (type !== 'exited') return;
    const { outcome, because = '' } = (output as { wait?: Partial<Answer> } | undefined)?.wait ?? {};
    if (outcome === 'waiting' && because !== this.#because)
      this.#timeline.say(`    ${because.split('; ')[0]}`);
    this.#because = because;
  }

  readonly bootFailed = (instanceId: string, words: string): void => {
    this.#timeline.say(`  ${instanceId} failed: ${words}`);
  };

  /** Steps of an execution that ended at `endedAt`. */
  stepsOf(executionArn: string, endedAt: number): TimedStep[] {
    const clock = this.#clocks.get(executionArn);
    clock?.end(endedAt);
    return clock?.steps ?? [];
  }
}
