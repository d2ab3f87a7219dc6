import { type TortureFlags, tortureCommand } from '../../lib/cli/torture.ts';
import type { RunOptions, RunResult } from '../../lib/simulation/chaos/run.ts';

const flags: TortureFlags = { schedules: '10', seed: '3', workers: '2', assembly: 'cdk.out' };
const good: RunResult = { injected: { throttled: 1 }, schedules: 10, violations: 0, seconds: 1 };

test('gives 0 when no invariant was broken, and ends with what was injected', async () => {
  const lines: string[] = [];
  const asked: RunOptions[] = [];
  const code = await tortureCommand(
    flags,
    (line) => lines.push(line),
    async (options) => {
      asked.push(options);
      return good;
    },
  );
  expect(code).toBe(0);
  expect(asked).toMatchObject([{ schedules: 10, seed: 3, workers: 2 }]);
  expect(lines.at(-1)).toMatch(/throttled +1\nschedules: 10 in 1 s, 10.0 a second\nviolations: 0$/);
});

test('gives 1 when an invariant was broken, and says how to see it again', async () => {
  const lines: string[] = [];
  const code = await tortureCommand(
    flags,
    (line) => lines.push(line),
    async ({ failed }) => {
      failed({ seed: 5, invariants: ['owner'], text: 'seed 5 breaks owner' });
      return { ...good, violations: 1 };
    },
  );
  expect(code).toBe(1);
  expect(lines[0]).toContain('npm run torture -- --schedules 1 --seed 5');
});

test.each([
  ['schedules', '0'],
  ['seed', '-1'],
  ['workers', 'many'],
])('refuses --%s %s', async (flag, text) => {
  await expect(tortureCommand({ ...flags, [flag]: text }, () => undefined)).rejects.toThrow(
    `--${flag}: found ${text}, expected a whole number`,
  );
});
