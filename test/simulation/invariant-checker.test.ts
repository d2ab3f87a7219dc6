import { changes } from '../../lib/simulation/invariant-checker.ts';
import type { InvariantOf } from '../../lib/simulation/invariants/invariant.ts';
import { Simulation } from '../../lib/simulation/simulation.ts';
import { assembly } from '../support/story/simulate.ts';

const call = (operation: string) => ({ service: 'ssm', operation, input: {} });

test('knows what may change something', () => {
  expect(
    ['GetParameter', 'DescribeRules', 'ListObjectsV2', 'HeadObject'].map((name) => changes(call(name))),
  ).toEqual([false, false, false, false]);
  expect(changes(call('PutParameter'))).toBe(true);
});

test('asks each invariant when it has to, and tells each violation once', async () => {
  const asked = { look: 0, acting: 0, rest: 0 };
  const counting: InvariantOf = () => ({
    name: 'counting',
    look: () => (asked.look++ > 2 ? 'looked too often' : undefined),
    acting: ({ operation }) => {
      expect(changes(call(operation))).toBe(true);
      asked.acting += 1;
      return undefined;
    },
    rest: () => {
      asked.rest += 1;
      return 'not at rest';
    },
  });
  const simulation = await Simulation.start({ assembly, invariants: [counting] });
  try {
    simulation.push();
    await simulation.ending(simulation.deploy());
    await simulation.rest();
    expect(asked.acting).toBeGreaterThan(10);
    expect(asked.look).toBeGreaterThan(20);
    expect(asked.rest).toBe(1);
    expect(simulation.violations).toEqual([
      { invariant: 'counting', at: expect.any(Number), what: 'looked too often' },
    ]);
    expect(simulation.story.toString()).toContain('VIOLATION of counting: looked too often');
  } finally {
    simulation.close();
  }
});
