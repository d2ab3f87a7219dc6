import type { Bench } from '../bench.ts';
import { onFreshMachines } from '../deployer.ts';
import { growthChart, growthPairs, growthTable, type Step } from '../growth.ts';
import { names } from '../names.ts';
import { holdfast } from '../product/holdfast.ts';
import { byHand } from '../references/by-hand.ts';
import type { Result } from '../result.ts';
import { compete, type Times } from '../rounds.ts';
import { serve } from '../served.ts';

const sizes = [500, 2000, 5000, 10_000, 20_000];
const fileBytes = 8000;
const axis = 'files of 8 kB';

/** How a first deployment grows with the number of files. */
export async function growthOverFiles(bench: Bench): Promise<Result> {
  const steps: Step[] = [];
  for (const size of sizes) steps.push({ size, times: await timesAt(bench, size) });
  return {
    title: 'First deployment over files',
    method: 'Fresh machines; repositories of 100 commits.',
    table: growthTable(axis, steps, names.holdfast, names.byHand),
    chart: growthChart('first deployment', axis, steps, [names.holdfast, names.byHand]),
  };
}

async function timesAt(bench: Bench, files: number): Promise<Times> {
  const shape = { files, fileBytes, commits: 100 };
  const served = await serve(bench.server, bench.place, `growth-${files}`, shape);
  const setting = { place: bench.place, url: served.url };
  const expected = byHand(setting, 'expected');
  const deployers = [byHand(setting), holdfast(bench, served.url)];
  const [commit] = served.commits;
  await expected.deploy(commit);
  const times = await compete(onFreshMachines(deployers, commit, expected.folder, setting), growthPairs);
  for (const { wipe } of [expected, ...deployers]) wipe();
  return times;
}
