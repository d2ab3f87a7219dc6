import type { Bench } from '../bench.ts';
import { comparison } from '../compare.ts';
import { present } from '../deployer.ts';
import { names } from '../names.ts';
import { parametersOf } from '../product/agent.ts';
import { holdfast } from '../product/holdfast.ts';
import { phasesOf } from '../product/phases.ts';
import { bareNode } from '../references/bare-node.ts';
import { capistrano } from '../references/capistrano.ts';
import { getParameter } from '../references/get-parameter.ts';
import { inPlace } from '../references/in-place.ts';
import { standard } from '../repository/shape.ts';
import { atMost, type Result, type Verdict } from '../result.ts';
import { compete, type Times, timesOf } from '../rounds.ts';
import { serve } from '../served.ts';
import { beyond, ratioOfPairs } from '../statistics.ts';
import { steps } from '../steps.ts';
import { ratio } from '../table.ts';

/**
 * Deployments before the first round. Three write whole directories. The next three bring each of those forward for the
 * first time, and git reads every file again once, because all are as young as the index. From then on each finds the same.
 */
export const settling = 6;

/** One commit forward, again and again. */
export async function update(bench: Bench): Promise<Result> {
  const served = await serve(bench.server, bench.place, 'update', standard);
  const setting = { place: bench.place, url: served.url };
  const own = holdfast(bench, served.url);
  const { able, notes } = present([inPlace(setting), own, capistrano(setting)]);
  const commits = served.commits.slice(0, settling + bench.pairs + 1).reverse();
  const { settle, contestants } = steps(served, setting);
  await settle(able, commits.slice(0, settling));
  own.summaries.length = 0;
  const starts = [bareNode(bench), await getParameter(bench, parametersOf('holdfast').release)];
  const times = await compete([...contestants(able, commits.slice(settling)), ...starts], bench.pairs);
  return {
    title: 'Update by one commit',
    method: `The same repository; a commit changes three files. Steady state: after ${settling} deployments.`,
    table: comparison(times, [names.inPlace, names.capistrano]),
    verdicts: verdicts(times),
    notes: [phasesOf(own.summaries), beyondTheSdk(times), ...notes],
  };
}

function verdicts(times: Times): Verdict[] {
  const own = timesOf(times, names.holdfast);
  const peer = times[names.capistrano];
  return [
    atMost(
      'update by one commit beyond the start of Node, of git in place',
      2,
      beyondStart(times, names.node).median,
    ),
    ...(peer ? [atMost("update by one commit, of Capistrano's", 0.25, ratioOfPairs(own, peer).median)] : []),
  ];
}

function beyondTheSdk(times: Times): string {
  const start = `${names.node} ${ratio(beyondStart(times, names.node))}`;
  const sdk = `${names.oneParameter} ${ratio(beyondStart(times, names.oneParameter))}`;
  return `Holdfast beyond a start, of git in place: beyond ${start}; beyond ${sdk}`;
}

function beyondStart(times: Times, start: string) {
  return ratioOfPairs(
    beyond(timesOf(times, names.holdfast), timesOf(times, start)),
    timesOf(times, names.inPlace),
  );
}
