import type { Bench } from '../bench.ts';
import { comparison, medianRatio } from '../compare.ts';
import { names } from '../names.ts';
import { parametersOf } from '../product/agent.ts';
import { holdfast } from '../product/holdfast.ts';
import { bareNode } from '../references/bare-node.ts';
import { getParameter } from '../references/get-parameter.ts';
import { standard } from '../repository/shape.ts';
import { atMost, type Result } from '../result.ts';
import { compete } from '../rounds.ts';
import { serve } from '../served.ts';

/** Short runs need more rounds. */
const roundsPerPair = 4;

/** Auto mode on a machine that runs the recorded release already. */
export async function nothingToDo(bench: Bench): Promise<Result> {
  const served = await serve(bench.server, bench.place, 'nothing-to-do', standard);
  const deployer = holdfast(bench, served.url);
  const [commit] = served.commits;
  await deployer.announce?.(commit);
  await deployer.deploy(commit);
  const times = await compete(
    [
      bareNode(bench),
      await getParameter(bench, parametersOf('holdfast').release),
      { name: names.holdfast, run: async () => void (await deployer.deploy(commit)) },
    ],
    bench.pairs * roundsPerPair,
  );
  return {
    title: 'Auto mode with nothing to do',
    method:
      'The recorded release is current. The reference is bundled with the same options as the agent, and compiled at every start.',
    table: comparison(times, [names.node, names.oneParameter]),
    verdicts: [
      atMost(
        `nothing to do, of ${names.oneParameter}`,
        2,
        medianRatio(times, names.holdfast, names.oneParameter),
      ),
    ],
  };
}
