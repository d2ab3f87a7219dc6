import { Events } from '../../../lib/agent/host/events.ts';
import { holdUntil } from '../../../lib/agent/leave/terminate-hook.ts';
import { HoldfastError } from '../../../lib/release/errors.ts';

/** Answers of the heartbeats in turn; the last one is repeated. */
function hook(answers: (boolean | Error)[]) {
  const lines: string[] = [];
  let beats = 0;
  return {
    lines,
    beats: () => beats,
    hook: {
      group: 'fleet',
      instance: 'i-1',
      seconds: 0.03,
      events: new Events((line) => lines.push(line)),
      lifecycle: {
        complete: () => Promise.reject(new Error('only the caller completes')),
        async heartbeat() {
          const answer = answers[Math.min(beats, answers.length - 1)];
          beats += 1;
          if (answer instanceof Error) throw answer;
          return answer ?? false;
        },
      },
    },
  };
}

describe('the terminate hook', () => {
  it('is kept waiting until the work is done', async () => {
    const { hook: held, beats } = hook([true]);
    let finish: () => void = () => undefined;
    const work = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const holding = holdUntil(held, work);
    while (beats() < 4) await new Promise(setImmediate);
    finish();
    expect(await holding).toBe(true);
  });

  it('has to begin first: the load balancer lets the instance go before', async () => {
    const { hook: held, beats } = hook([false, false, false, true]);
    expect(await holdUntil(held, Promise.resolve())).toBe(true);
    expect(beats()).toBe(4);
  });

  it('is asked again when a heartbeat fails, with a warning', async () => {
    const { hook: held, lines } = hook([new HoldfastError('AwsFailed', 'no answer'), true]);
    expect(await holdUntil(held, Promise.resolve())).toBe(true);
    expect(lines.join()).toContain('no answer');
  });

  it('does not mind how the work ended', async () => {
    const { hook: held } = hook([true]);
    expect(await holdUntil(held, Promise.reject(new Error('broken')))).toBe(true);
  });
});
