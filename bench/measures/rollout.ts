import { chart } from '../chart.ts';
import { atMost, type Result } from '../result.ts';
import { seconds } from '../table.ts';
import {
  bootSeconds,
  deployed,
  drainSeconds,
  inVirtualTime,
  type Rollout,
  ruleSeconds,
} from '../virtual/simulation.ts';
import { dollars } from '../virtual/transitions.ts';

const sizes = [1, 2, 10, 100, 300, 1000];
const axis = 'instances';

/** What a deployment of all instances at once takes beyond booting, the rule and draining, in virtual time. */
export async function rollout(): Promise<Result> {
  const steps: { size: number; rollout: Rollout }[] = [];
  for (const size of sizes) steps.push({ size, rollout: await second(size) });
  const beyond = steps.map((step) => step.rollout.seconds - bootSeconds - ruleSeconds - drainSeconds);
  const straight = steps.map(({ rollout: { transitions } }) => transitions.all - transitions.loops);
  return {
    title: 'Rollout over instances',
    method: `Virtual time: the synthesised workflow and the real steps against the local AWS; every instance is ready ${bootSeconds} s after its launch, the load balancer gets ${ruleSeconds} s to apply the weights, draining takes ${drainSeconds} s, the waits of the workflow are the standard ones. The local AWS launches and ends any number of instances at once. The second deployment of a service: an old fleet is drained and ended.`,
    table: {
      head: [
        axis,
        'seconds',
        'beyond booting, the rule and draining',
        'transitions',
        'of these waiting',
        'cost',
      ],
      rows: steps.map(({ size, rollout: { seconds: all, transitions } }, index) => [
        size.toLocaleString('en'),
        seconds(all),
        seconds(beyond[index] ?? 0),
        String(transitions.all),
        String(transitions.loops),
        dollars(transitions),
      ]),
    },
    chart: chart('rollout', axis, sizes, [{ name: 'beyond booting, the rule and draining', values: beyond }]),
    verdicts: [
      atMost(
        'rollout of up to 1,000 instances beyond booting, the rule and draining',
        15,
        Math.max(...beyond),
        's',
      ),
      atMost('transitions besides those of waiting', 60, Math.max(...straight), ''),
    ],
  };
}

function second(size: number): Promise<Rollout> {
  return inVirtualTime({ min: size, max: size }, async (simulation) => {
    await deployed(simulation);
    return await deployed(simulation);
  });
}
