import { Process } from '../../lib/simulation/process.ts';

const pending = Symbol('pending');
const now = <T>(promise: Promise<T>) =>
  Promise.race([promise, new Promise((go) => setImmediate(go, pending))]);

test('a living process gets answers and errors', async () => {
  const process = new Process('boot~1', 8);
  expect(await process.through(async () => 'answer')).toBe('answer');
  await expect(process.through(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
});

test('a dead process asks nothing and gets no answer', async () => {
  const process = new Process('boot~1', 8);
  const asked: string[] = [];
  const request = async () => {
    asked.push('request');
    process.die();
    return 'answer';
  };
  expect(await now(process.through(request))).toBe(pending);
  expect(await now(process.through(request))).toBe(pending);
  expect(asked).toEqual(['request']);
});
