import type { Bench } from '../bench.ts';
import { artifact } from '../product/artifact.ts';
import { makeTarball } from '../product/tarball.ts';
import { atMost, type Result } from '../result.ts';
import { megabytes } from '../table.ts';
import { type Peak, peakMemory } from '../watch.ts';

/** Files of 100 kB: 50 MB, 250 MB, 1 GB. */
const sizes = [500, 2500, 10_000];
const fileBytes = 107_500;

/** Memory that a deployment takes, over the size of its tarball. */
export async function memory(bench: Bench): Promise<Result> {
  const peaks: { files: number; peak: Peak }[] = [];
  for (const files of sizes) peaks.push({ files, peak: await peakOf(bench, files) });
  const most = Math.max(...peaks.map(({ peak }) => peak.all));
  return {
    title: 'Memory',
    method:
      'A tarball unpacked by the agent. "All" adds the most of each process it starts (zstd, tar), as if all were at their most at once.',
    table: {
      head: ['unpacked', 'agent', 'all'],
      rows: peaks.map(({ files, peak }) => [
        megabytes(files * (fileBytes / 1.075)),
        megabytes(peak.program),
        megabytes(peak.all),
      ]),
    },
    verdicts: [atMost('memory at any tarball size', 150, most / 1e6, 'MB')],
  };
}

async function peakOf(bench: Bench, files: number): Promise<Peak> {
  const name = `memory-${files}`;
  const made = await makeTarball({ place: bench.place, url: '' }, name, { files, fileBytes, commits: 1 });
  const { agent, prepare } = await artifact(bench, name, made);
  const peak = await peakMemory(bench.agent, agent.args, agent.options);
  await prepare?.(0);
  return peak;
}
