import { Deliveries } from '../../../lib/rehearsal/lambda/deliveries.ts';

const arn = 'arn:aws:lambda:eu-west-1:1:function:sweep';

describe('events for functions', () => {
  it('are delivered, and waited for when asked', async () => {
    const seen: unknown[] = [];
    const invoke = async (...call: unknown[]) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      seen.push(call);
    };
    const deliveries = new Deliveries({ add: () => undefined, invoke });
    deliveries.deliver(arn, { detail: 1 });
    expect(deliveries.count).toBe(0);
    await deliveries.settled();
    expect(seen).toEqual([[arn, { detail: 1 }]]);
    expect(deliveries.count).toBe(1);
    expect(deliveries.problems).toEqual([]);
  });

  it('are remembered when they fail', async () => {
    const deliveries = new Deliveries({
      add: () => undefined,
      invoke: () => Promise.reject(new Error('broken')),
    });
    deliveries.deliver(arn, {});
    await deliveries.settled();
    expect(deliveries.problems).toEqual(['event for sweep: broken']);
  });
});
