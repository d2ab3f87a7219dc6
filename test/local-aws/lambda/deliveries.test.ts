import { Deliveries } from '../../../lib/local-aws/lambda/deliveries.ts';

const arn = 'arn:aws:lambda:eu-west-1:1:function:sweep';
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('events for functions', () => {
  it('are delivered, and counted when they were dealt with', async () => {
    const calls: unknown[] = [];
    let finish: (result: unknown) => void = () => undefined;
    const invoke = (...call: unknown[]) => {
      calls.push(call);
      return new Promise((resolve) => {
        finish = resolve;
      });
    };
    const deliveries = new Deliveries({ add: () => undefined, invoke });
    deliveries.deliver(arn, { detail: 1 });
    await turn();
    expect([calls, deliveries.count]).toEqual([[[arn, { detail: 1 }]], 0]);
    finish(null);
    await turn();
    expect([deliveries.count, deliveries.problems]).toEqual([1, []]);
  });

  it('are remembered when they fail', async () => {
    const deliveries = new Deliveries({
      add: () => undefined,
      invoke: () => Promise.reject(new Error('broken')),
    });
    deliveries.deliver(arn, {});
    await turn();
    expect([deliveries.count, deliveries.problems]).toEqual([1, ['event for sweep: broken']]);
  });
});
