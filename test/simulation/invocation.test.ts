import { HoldfastError } from '../../lib/release/errors.ts';
import { Invocation } from '../../lib/simulation/invocation.ts';
import { VirtualClock } from '../../lib/simulation/virtual-clock.ts';

function made(event: unknown = { execution: 'arn:d-1' }) {
  const clock = new VirtualClock();
  return { clock, invocation: new Invocation('boot', event, 3, clock) };
}

test('knows its process and its execution', () => {
  expect(made().invocation.process.name).toBe('boot~3');
  expect(made().invocation.execution).toBe('arn:d-1');
  expect(made(null).invocation.execution).toBeUndefined();
});

test('gives the result, and null for none', async () => {
  const { invocation } = made();
  expect(await invocation.run(60, async () => ({ a: 1 }))).toEqual({ a: 1 });
  expect(await invocation.run(60, async () => undefined)).toBeNull();
});

test('an error has its name as type, as Lambda answers it', async () => {
  const { invocation } = made();
  const code = () => Promise.reject(new HoldfastError('JournalLost', 'it is closed'));
  await expect(invocation.run(60, code)).rejects.toMatchObject({
    answer: { errorType: 'JournalLost', errorMessage: 'it is closed' },
  });
});

test('code that takes too long is ended, its process with it', async () => {
  const { clock, invocation } = made();
  const running = invocation.run(60, () => new Promise(() => undefined));
  await expect(clock.until(running)).rejects.toMatchObject({ answer: { errorType: 'Sandbox.Timedout' } });
  expect(invocation.process.isDead).toBe(true);
});

test('a killed one ends at once', async () => {
  const { invocation } = made();
  const running = invocation.run(60, () => new Promise(() => undefined));
  invocation.kill();
  await expect(running).rejects.toMatchObject({ answer: { errorType: 'Runtime.ExitError' } });
  expect(invocation.process.isDead).toBe(true);
});
