import type { Bench } from '../bench.ts';
import type { Deployer } from '../deployer.ts';
import { growthChart, growthPairs, growthTable, type Step } from '../growth.ts';
import { names } from '../names.ts';
import { holdfast } from '../product/holdfast.ts';
import { inPlace } from '../references/in-place.ts';
import { standard } from '../repository/shape.ts';
import type { Result } from '../result.ts';
import { type Contestant, compete, type Times } from '../rounds.ts';
import { type Served, serve } from '../served.ts';
import { steps as stepsOf } from '../steps.ts';
import { settling } from './update.ts';

const sizes = [1, 10, 100, 1000, 5000];
const axis = 'changed files of 5,000';

/** How an update grows with the number of files that changed. */
export async function growthOverChanges(bench: Bench): Promise<Result> {
  const served = await serve(bench.server, bench.place, 'changes', { ...standard, changes: sizes });
  const steps: Step[] = [];
  for (const size of sizes) steps.push({ size, times: await timesAt(bench, served, size) });
  return {
    title: 'Update over changed files',
    method: `Each on a machine that has made ${settling} deployments; 5,000 files, 100 MB.`,
    table: growthTable(axis, steps, names.holdfast, names.inPlace),
    chart: growthChart('update', axis, steps, [names.holdfast, names.inPlace]),
  };
}

/** Every round starts on a fresh machine that is brought to the tip of main first. */
async function timesAt(bench: Bench, served: Served, size: number): Promise<Times> {
  const setting = { place: bench.place, url: served.url };
  const changed = await served.tip(`changed-${size}`);
  const before = served.commits.slice(0, settling).reverse();
  const { settle, contestants } = stepsOf(served, setting);
  const onSettled = (deployer: Deployer): Contestant => {
    const [contestant] = contestants([deployer], Array(growthPairs + 1).fill(changed)) as [Contestant];
    return {
      ...contestant,
      async prepare(round) {
        deployer.wipe();
        await settle([deployer], before);
        await contestant.prepare?.(round);
      },
    };
  };
  return await compete([inPlace(setting), holdfast(bench, served.url)].map(onSettled), growthPairs);
}
