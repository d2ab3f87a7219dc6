import { rolloutSteps, type Step } from '../../lib/rollout/contract.ts';
import type { Simulation } from '../../lib/simulation/simulation.ts';
import { explainingCalls, goodCalls, pairs } from '../support/story/calls.ts';
import { calling, type Refusal, refuse, settled } from '../support/story/faults.ts';
import {
  deployed,
  quick,
  recorded,
  served,
  simulate,
  withoutStackTraces,
} from '../support/story/simulate.ts';
import { sample } from '../support/suite/sample.ts';

withoutStackTraces();

const rollout: ReadonlySet<string> = new Set(rolloutSteps);

/** What could not be done, and AWS's own word for why: a sentence. */
const reason =
  /^could not [^{}]+(Throttling|SlowDown|LimitExceeded|InternalFailure|AccessDenied|Unauthorized)[^{}]+$/;
const evidence = /evidence: s3:\/\/\S+\/evidence\/web\/d-\d+(\.unsettled)?\.json$/;

test('the stories below refuse each call that a good deployment makes', async () => {
  await simulate(quick, async (simulation) => {
    await deployed(simulation);
    const calls = calling(simulation);
    await deployed(simulation);
    const known = [...pairs(goodCalls), ...pairs(explainingCalls)].map((pair) => pair.join(' '));
    expect([...calls].sort()).toEqual(known.sort());
  });
});

test.each(pairs(explainingCalls))('%s: %s refused keeps no deployment away', async (...call) => {
  await simulate(quick, async (simulation) => {
    const allow = refuse(simulation, call, 'refused for permission');
    await deployed(simulation);
    allow();
  });
});

/** A deployment with a call that is refused for good ends with the reason, and nothing is half done. */
async function refused(simulation: Simulation, call: [Step, string], refusal: Refusal): Promise<void> {
  const [step] = call;
  const before = recorded(simulation);
  const commit = simulation.push();
  const allow = refuse(simulation, call, refusal);
  const ending = await simulation.ending(simulation.deploy());
  expect(ending).toEqual({ status: 'FAILED', error: 'AwsFailed', cause: expect.stringMatching(reason) });
  const { cause } = ending as { cause: string };
  // Only prepare may fail before it holds the journal: there is nothing to keep then.
  if (step !== 'prepare') expect(cause).toMatch(evidence);
  allow();
  await settled(simulation);
  const isRecorded = cause.includes('the release was recorded before and stays');
  if (step !== 'record') expect(isRecorded).toBe(!rollout.has(step));
  const now = isRecorded ? commit : before;
  expect(recorded(simulation)).toBe(now);
  expect(served(simulation)).toEqual([now, now]);
}

test.each(sample(pairs(goodCalls), 1 / 8))(
  '%s: %s is refused a few times, then for good',
  async (...call) => {
    await simulate(quick, async (simulation) => {
      await deployed(simulation);
      refuse(simulation, call, 'throttled', 2);
      refuse(simulation, call, 'failing with 5xx', 2);
      await deployed(simulation);
      await refused(simulation, call, 'throttled');
      await refused(simulation, call, 'failing with 5xx');
      await refused(simulation, call, 'refused for permission');
    });
  },
);

test('a call that is throttled for good, with the longest pauses, ends before its Lambda and says why', async () => {
  await simulate(quick, async (simulation) => {
    simulation.push();
    const allow = refuse(simulation, ['boot', 'CreateAutoScalingGroup'], 'throttled');
    // The simulation gives the process its own random numbers back.
    Math.random = () => 0.999;
    expect(await simulation.ending(simulation.deploy())).toMatchObject({ error: 'AwsFailed' });
    allow();
  });
});
