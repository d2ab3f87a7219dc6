import { type Step, settleSteps } from '../../lib/rollout/contract.ts';
import type { Outcome } from '../../lib/simulation/hosts/outcome.ts';
import { abandoned, atWrite, dies, refuse, settled, writing } from '../support/story/faults.ts';
import {
  byCommit,
  deployed,
  quick,
  recorded,
  served,
  simulate,
  withoutStackTraces,
} from '../support/story/simulate.ts';

withoutStackTraces();

const moments = ['before', 'after'] as const;

/** How often a step writes while a stopped deployment is settled. */
async function writesOf(step: Step): Promise<number> {
  let written: string[] = [];
  await simulate(quick, async (simulation) => {
    await deployed(simulation);
    await abandoned(simulation);
    written = writing(simulation);
    await simulation.ending(simulation.settle('whole'));
  });
  return written.filter((write) => write.startsWith(`${step} `)).length;
}

const writers = ['take-over', ...settleSteps].filter((step) => step !== 'check-drained') as Step[];

test.each(writers)(
  'stopped deployment, %s dies at each write: the next settle machine settles',
  async (step) => {
    const writes = await writesOf(step);
    expect(writes).toBeGreaterThan(0);
    await simulate(quick, async (simulation) => {
      const v1 = await deployed(simulation);
      for (let nth = 1; nth <= writes; nth += 1) {
        for (const when of moments) {
          await abandoned(simulation);
          atWrite(simulation, step, nth, dies[when]);
          expect(await simulation.ending(simulation.settle(`${when}-${nth}`))).toEqual({
            status: 'FAILED',
            error: 'Runtime.ExitError',
            cause: expect.stringMatching(/^a step ended without an answer[^{}]+settling starts again/),
          });
          await settled(simulation);
          expect(recorded(simulation)).toBe(v1);
          expect(served(simulation)).toEqual([v1, v1]);
        }
      }
    });
  },
);

test.each(moments)(
  'sweep dies right %s it started the settle machine: what was stopped is settled',
  async (when) => {
    await simulate(quick, async (simulation) => {
      const v1 = await deployed(simulation);
      await abandoned(simulation);
      atWrite(simulation, 'sweep', 1, dies[when]);
      await settled(simulation);
      expect(served(simulation)).toEqual([v1, v1]);
    });
  },
);

test.each(moments)(
  'evidence dies right %s its write: the reason is in the cause, production as before',
  async (when) => {
    const outcomes = new Map<string, Outcome>();
    await simulate({ ...quick, ...byCommit(outcomes) }, async (simulation) => {
      const v1 = await deployed(simulation);
      outcomes.set(simulation.push(), 'command fails');
      atWrite(simulation, 'evidence', 1, dies[when]);
      expect(await simulation.ending(simulation.deploy())).toEqual({
        status: 'FAILED',
        error: 'CommandFailed',
        cause: expect.stringContaining('the build command ended with code 1'),
      });
      expect(served(simulation)).toEqual([v1, v1]);
    });
  },
);

test('evidence dies after a settle that failed: its error and reason are the end of the execution', async () => {
  await simulate(quick, async (simulation) => {
    await deployed(simulation);
    const v2 = simulation.push();
    const allow = refuse(simulation, ['terminate', 'UpdateAutoScalingGroup'], 'refused for permission');
    atWrite(simulation, 'evidence', 1, dies.before);
    expect(await simulation.ending(simulation.deploy())).toEqual({
      status: 'FAILED',
      error: 'AwsFailed',
      cause: expect.stringMatching(/could not resize group .+AccessDenied/),
    });
    allow();
    await simulation.rest();
    expect(served(simulation)).toEqual([v2, v2]);
  });
});
