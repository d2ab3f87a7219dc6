import { Invocation } from '../../lib/simulation/invocation.ts';
import { Runs } from '../../lib/simulation/runs.ts';
import { VirtualClock } from '../../lib/simulation/virtual-clock.ts';

const run = (step: string, number: number, execution = 'd-1') =>
  new Invocation(step, { execution }, number, new VirtualClock());

test('knows a run by its caller, also when it is over', () => {
  const runs = new Runs(() => undefined);
  const invocation = run('boot', 1);
  runs.noteBegin(invocation);
  runs.noteEnd(invocation, null);
  expect(runs.find('boot~1')).toBe(invocation);
  expect(runs.find(undefined)).toBeUndefined();
});

test('wakes whoever waits for a step of an execution', async () => {
  const told: unknown[] = [];
  const runs = new Runs((_, result) => told.push(result));
  const seen: string[] = [];
  void runs.next('begins', 'check-health', 'd-1').then(() => seen.push('begins'));
  void runs.next('done', 'check-health', 'd-1').then(() => seen.push('done'));
  runs.noteBegin(run('check-health', 1, 'd-2'));
  runs.noteBegin(run('boot', 2));
  await Promise.resolve();
  expect(seen).toEqual([]);
  const look = run('check-health', 3);
  runs.noteBegin(look);
  runs.noteEnd(look, { outcome: 'waiting' });
  runs.noteEnd(look, new Error('broken'));
  await Promise.resolve();
  expect(seen).toEqual(['begins']);
  runs.noteEnd(look, { outcome: 'ready' });
  await Promise.resolve();
  expect(seen).toEqual(['begins', 'done']);
  expect(told).toHaveLength(3);
  expect(runs.failures).toBe(1);
});
