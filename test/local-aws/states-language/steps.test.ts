import { StepClock } from '../../../lib/local-aws/states-language/steps.ts';

const enter = (state: string, at: number) => ({ type: 'entered' as const, state, at });

describe('the steps of an execution', () => {
  it('have the time until the next step, with their waits and choices, each visit added', () => {
    const clock = new StepClock();
    const entered = [
      enter('start', 0),
      enter('prepare', 100),
      enter('prepared?', 400),
      enter('check-health', 500),
      enter('wait after check-health', 600),
      enter('check-health', 1600),
      { ...enter('check-health', 1700), type: 'exited' as const },
      enter('register', 2000),
    ].map((event) => clock.see(event));
    clock.end(2250);
    expect(clock.steps).toEqual([
      { name: 'prepare', seconds: 0.4 },
      { name: 'check-health', seconds: 1.5 },
      { name: 'register', seconds: 0.25 },
    ]);
    expect(entered.filter((name) => name !== undefined)).toEqual(['prepare', 'check-health', 'register']);
  });

  it('are none of an execution that never ran', () => {
    const clock = new StepClock();
    clock.end(1000);
    expect(clock.steps).toEqual([]);
  });
});
