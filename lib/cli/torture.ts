import { availableParallelism } from 'node:os';
import { HoldfastError } from '../release/errors.ts';
import { type RunOptions, type RunResult, run } from '../simulation/chaos/run.ts';
import { summary } from '../simulation/chaos/summary.ts';

/** Options of `holdfast torture` as given on the command line. */
export interface TortureFlags {
  schedules: string;
  seed: string;
  /** Default: one for each core. */
  workers?: string;
  assembly: string;
}

/** Runs random schedules and returns the exit code: 1 when one of them broke an invariant. */
export async function tortureCommand(
  { schedules, seed, workers = String(availableParallelism()), assembly }: TortureFlags,
  print: (line: string) => void,
  carryOut: (options: RunOptions) => Promise<RunResult> = run,
): Promise<number> {
  const result = await carryOut({
    assembly,
    schedules: wholeNumber('schedules', schedules, 1),
    seed: wholeNumber('seed', seed, 0),
    workers: wholeNumber('workers', workers, 1),
    failed: ({ text, seed: failing }) =>
      print(`${text}\nto repeat it: npm run torture -- --schedules 1 --seed ${failing}\n`),
    reached: (count) => print(`${count} schedules`),
  });
  print(summary(result));
  return result.violations === 0 ? 0 : 1;
}

function wholeNumber(flag: string, text: string, least: number): number {
  const found = Number(text);
  if (Number.isInteger(found) && found >= least && found <= 2 ** 30) return found;
  throw new HoldfastError(
    'InvalidInput',
    `--${flag}: found ${text}, expected a whole number from ${least} to ${2 ** 30}`,
  );
}
