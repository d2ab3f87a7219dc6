import type { Bench } from '../bench.ts';
import { comparison, medianRatio } from '../compare.ts';
import { names } from '../names.ts';
import { artifact } from '../product/artifact.ts';
import { makeTarball } from '../product/tarball.ts';
import { pipe } from '../references/pipe.ts';
import { atMost, type Result } from '../result.ts';
import { compete } from '../rounds.ts';
import { sameTree } from '../tree.ts';

/** 50 MB in 5,000 files. */
const shape = { files: 5000, fileBytes: 10_750, commits: 1 };

/** A tarball from the store to a tree on disk. */
export async function overlay(bench: Bench): Promise<Result> {
  const made = await makeTarball({ place: bench.place, url: '' }, 'overlay', shape);
  const own = await artifact(bench, 'overlay', made);
  const setting = { place: bench.place, url: bench.store.address('artifacts/overlay.tar.zst') };
  const reference = pipe(setting);
  const times = await compete(
    [reference, { ...own, check: () => sameTree(setting, own.folder, reference.folder) }],
    bench.pairs,
  );
  return {
    title: 'Tarball of 50 MB in 5,000 files',
    method:
      'zstd, over loopback. Holdfast as a whole run of the agent: the start of Node, the record, the digest and every member checked before the first is unpacked, the switch.',
    table: comparison(times, [names.pipe]),
    verdicts: [atMost('overlay of 50 MB', 2, medianRatio(times, names.holdfast, names.pipe))],
  };
}
