import type { Bench } from '../bench.ts';
import { artifact } from '../product/artifact.ts';
import { makeTarball } from '../product/tarball.ts';
import { atMost, type Result } from '../result.ts';
import { megabytes } from '../table.ts';
import { type Peak, peakMemory } from '../watch.ts';

/** 50 MB, 250 MB and 1 GB in files of 100 kB; many small files. */
const shapes = [
  { files: 500, fileBytes: 100_000 },
  { files: 2500, fileBytes: 100_000 },
  { files: 10_000, fileBytes: 100_000 },
  { files: 50_000, fileBytes: 1000 },
];

/** Memory that a deployment takes, over the size of its tarball. */
export async function memory(bench: Bench): Promise<Result> {
  const rows: string[][] = [];
  let most = 0;
  for (const { files, fileBytes } of shapes) {
    const peak = await peakOf(bench, files, fileBytes);
    const counts = [files.toLocaleString('en'), megabytes(files * fileBytes)];
    rows.push([...counts, megabytes(peak.program), megabytes(peak.all)]);
    most = Math.max(most, peak.all);
  }
  return {
    title: 'Memory',
    method:
      'A tarball unpacked by the agent. The last column adds the most of each process that runs at one time (tar, zstd), what they share counted twice.',
    table: { head: ['files', 'unpacked', 'agent', 'with what it starts'], rows },
    verdicts: [atMost('memory at any tarball size', 150, most / 1e6, 'MB')],
  };
}

async function peakOf(bench: Bench, files: number, fileBytes: number): Promise<Peak> {
  const name = `memory-${files}`;
  const shape = { files, fileBytes, commits: 1 };
  const made = await makeTarball({ place: bench.place, url: '' }, name, shape);
  const { agent, prepare } = await artifact(bench, name, made);
  const peak = await peakMemory(bench.agent, agent.args, agent.options);
  await prepare?.(0);
  return peak;
}
