import type { Bench } from '../bench.ts';
import { comparison } from '../compare.ts';
import { present } from '../deployer.ts';
import { names } from '../names.ts';
import { holdfast } from '../product/holdfast.ts';
import { bareNode } from '../references/bare-node.ts';
import { capistrano } from '../references/capistrano.ts';
import { inPlace } from '../references/in-place.ts';
import { standard } from '../repository/shape.ts';
import { atMost, type Result, type Verdict } from '../result.ts';
import { compete, type Times, timesOf } from '../rounds.ts';
import { serve } from '../served.ts';
import { beyond, ratioOfPairs } from '../statistics.ts';
import { steps } from '../steps.ts';

/** Deployments before the first round: once the kept releases are there, each further one finds the same state. */
export const settling = 4;

/** One commit forward, again and again. */
export async function update(bench: Bench): Promise<Result> {
  const served = await serve(bench.server, bench.place, 'update', standard);
  const setting = { place: bench.place, url: served.url };
  const { able, left } = present([inPlace(setting), holdfast(bench, served.url), capistrano(setting)]);
  const commits = served.commits.slice(0, settling + bench.pairs + 1).reverse();
  const { settle, contestants } = steps(served, setting);
  await settle(able, commits.slice(0, settling));
  const times = await compete([...contestants(able, commits.slice(settling)), bareNode(bench)], bench.pairs);
  return {
    title: 'Update by one commit',
    method: `The same repository; a commit changes three files. Steady state: after ${settling} deployments.`,
    table: comparison(times, [names.inPlace, names.capistrano]),
    verdicts: verdicts(times),
    left,
  };
}

function verdicts(times: Times): Verdict[] {
  const own = timesOf(times, names.holdfast);
  const beyondNode = beyond(own, timesOf(times, names.node));
  const peer = times[names.capistrano];
  return [
    atMost(
      'update by one commit beyond the start of Node, of git in place',
      2,
      ratioOfPairs(beyondNode, timesOf(times, names.inPlace)).median,
    ),
    ...(peer ? [atMost("update by one commit, of Capistrano's", 0.25, ratioOfPairs(own, peer).median)] : []),
  ];
}
