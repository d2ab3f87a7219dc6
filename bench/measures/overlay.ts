import type { Bench } from '../bench.ts';
import { comparison } from '../compare.ts';
import { names } from '../names.ts';
import { artifact } from '../product/artifact.ts';
import { phasesOf } from '../product/phases.ts';
import { makeTarball } from '../product/tarball.ts';
import { pipe } from '../references/pipe.ts';
import { atMost, type Result } from '../result.ts';
import { type Contestant, compete, timesOf } from '../rounds.ts';
import { beyond, ratioOfPairs } from '../statistics.ts';
import { sameTree } from '../tree.ts';

/** 50 MB in 5,000 files. */
const shape = { files: 5000, fileBytes: 10_750, commits: 1 };

/** A tarball from the store to a tree on disk. */
export async function overlay(bench: Bench): Promise<Result> {
  const made = await makeTarball({ place: bench.place, url: '' }, 'overlay', shape);
  const own = await artifact(bench, 'overlay', made);
  const idle = await artifact(bench, 'idle', made);
  await idle.run(0);
  const setting = { place: bench.place, url: bench.store.address('artifacts/overlay.tar.zst') };
  const reference = pipe(setting);
  const nothing: Contestant = { name: names.idle, run: idle.run };
  const check = () => sameTree(setting, own.folder, reference.folder);
  const times = await compete([reference, { ...own, check }, nothing], bench.pairs * 2);
  const marginal = beyond(timesOf(times, names.holdfast), timesOf(times, names.idle));
  return {
    title: 'Tarball of 50 MB in 5,000 files',
    method:
      'zstd, over loopback. Holdfast is a whole run of the agent: the digest and every member checked before the first is unpacked.',
    table: comparison({ ...times, [names.marginal]: marginal }, [names.pipe]),
    verdicts: [
      atMost(
        'overlay of 50 MB, what it adds to a run, of the pipe',
        2,
        ratioOfPairs(marginal, timesOf(times, names.pipe)).median,
      ),
    ],
    notes: [phasesOf(own.summaries)],
  };
}
