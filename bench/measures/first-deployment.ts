import type { Bench } from '../bench.ts';
import { comparison, medianRatio } from '../compare.ts';
import { onFreshMachines, present } from '../deployer.ts';
import { names } from '../names.ts';
import { holdfast } from '../product/holdfast.ts';
import { phasesOf } from '../product/phases.ts';
import { ansiblePull } from '../references/ansible-pull.ts';
import { byHand } from '../references/by-hand.ts';
import { capistrano } from '../references/capistrano.ts';
import { standard } from '../repository/shape.ts';
import { atMost, type Result, type Verdict } from '../result.ts';
import { compete, type Times } from '../rounds.ts';
import { serve } from '../served.ts';

const references = [names.byHand, names.capistrano, names.ansible];

/** A fresh machine to an exact commit of the repository of the targets. */
export async function firstDeployment(bench: Bench): Promise<Result> {
  const served = await serve(bench.server, bench.place, 'first-deployment', standard);
  const setting = { place: bench.place, url: served.url };
  const [commit] = served.commits;
  const expected = byHand(setting, 'expected');
  await expected.deploy(commit);
  const own = holdfast(bench, served.url);
  const { able, notes } = present([
    byHand(setting),
    own,
    holdfast(bench, served.url, { verified: false }),
    capistrano(setting),
    ansiblePull(setting),
  ]);
  const times = await compete(onFreshMachines(able, commit, expected.folder, setting), bench.pairs);
  expected.wipe();
  return {
    title: 'First deployment from git',
    method:
      '5,000 files, 100 MB, 5,000 commits to a fresh machine. Holdfast with the start of Node, the record and every check.',
    table: comparison(times, references),
    verdicts: verdicts(times),
    notes: [phasesOf(own.summaries), ...notes],
  };
}

function verdicts(times: Times): Verdict[] {
  const own = (name: string) => medianRatio(times, name, names.byHand);
  const peers = references.slice(1).filter((name) => name in times);
  return [
    atMost('first deployment from git', 1.3, own(names.holdfast)),
    atMost('first deployment of a candidate', 1.4, own(names.candidate)),
    ...peers.map((peer) =>
      atMost(`first deployment, of ${peer}`, 1, medianRatio(times, names.holdfast, peer)),
    ),
  ];
}
