import type { Bench } from '../bench.ts';
import { comparison, medianRatio } from '../compare.ts';
import { onFreshMachines, present } from '../deployer.ts';
import { names } from '../names.ts';
import { launchFromArchive } from '../product/archive.ts';
import { phasesOf } from '../product/phases.ts';
import { byHand } from '../references/by-hand.ts';
import { capistrano } from '../references/capistrano.ts';
import { standard } from '../repository/shape.ts';
import { atMost, type Result, type Verdict } from '../result.ts';
import { compete, type Times } from '../rounds.ts';
import { serve } from '../served.ts';

/** A fresh machine to a recorded release, from the archive of its commit. */
export async function archive(bench: Bench): Promise<Result> {
  const served = await serve(bench.server, bench.place, 'archive', standard);
  const setting = { place: bench.place, url: served.url };
  const [commit] = served.commits;
  const expected = byHand(setting, 'expected');
  await expected.deploy(commit);
  const own = await launchFromArchive(bench, served.path, commit);
  const { able, notes } = present([byHand(setting), own, capistrano(setting)]);
  const times = await compete(onFreshMachines(able, commit, expected.folder, setting), bench.pairs);
  return {
    title: 'Launch of a recorded release from its archive',
    method:
      '5,000 files, 100 MB to a fresh machine while no git host answers. Holdfast with the start of Node, compiled for the first time, the record, and every hash of git compared.',
    table: comparison(times, [names.byHand, names.capistrano]),
    verdicts: verdicts(times),
    notes: [phasesOf(own.summaries), ...notes],
  };
}

function verdicts(times: Times): Verdict[] {
  return [
    atMost('launch from an archive, of git by hand', 0.3, medianRatio(times, names.archive, names.byHand)),
    ...(names.capistrano in times
      ? [
          atMost(
            "launch from an archive, of Capistrano's first deployment",
            0.17,
            medianRatio(times, names.archive, names.capistrano),
          ),
        ]
      : []),
  ];
}
