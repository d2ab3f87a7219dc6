import { accessDenied } from '../../lib/local-aws/model/fault-errors.ts';
import type { Step } from '../../lib/rollout/contract.ts';
import type { Outcome } from '../../lib/simulation/hosts/outcome.ts';
import type { Simulation } from '../../lib/simulation/simulation.ts';
import { byCommit, deployed, recorded, served, simulate } from '../support/story/simulate.ts';

/** A step may not do something any more; the result gives the right back. */
function forbid(simulation: Simulation, step: Step, operation: string): () => void {
  return simulation.world.faults.add((call) =>
    call.operation === operation && simulation.invocation(call.caller)?.step === step
      ? { error: accessDenied(call) }
      : undefined,
  );
}

/** What is kept under a key of the store bucket. */
function kept({ world, truth }: Simulation, key: string): Record<string, unknown> {
  const { Body } = world.s3.getObject({ Bucket: truth.settings.bucket, Key: key });
  return JSON.parse(Buffer.from(Body).toString());
}

test('good deployment, settle may not end the old fleet: the cause is one sentence, the release stays', async () => {
  await simulate({}, async (simulation) => {
    await deployed(simulation);
    const v2 = simulation.push();
    const allow = forbid(simulation, 'terminate', 'UpdateAutoScalingGroup');
    expect(await simulation.ending(simulation.deploy())).toEqual({
      status: 'FAILED',
      error: 'AwsFailed',
      cause: expect.stringMatching(
        /^could not resize group .+: AccessDenied: .+; the release was recorded before and stays; settling starts again within 5 minutes; evidence: s3:\/\/.+\/evidence\/web\/d-2\.unsettled\.json$/,
      ),
    });
    expect(kept(simulation, 'evidence/web/d-2.unsettled.json')).toMatchObject({
      unsettled: { Error: 'AwsFailed' },
      journal: { step: 'terminate' },
    });
    allow();
    await simulation.rest();
    expect(recorded(simulation)).toBe(v2);
    expect(served(simulation)).toEqual([v2, v2]);
  });
});

test('deployment that failed and could not settle: it says both, with the evidence of both', async () => {
  const outcomes = new Map<string, Outcome>();
  await simulate(byCommit(outcomes), async (simulation) => {
    const v1 = await deployed(simulation);
    outcomes.set(simulation.push(), 'command fails');
    const allow = forbid(simulation, 'drain', 'DescribeTargetHealth');
    expect(await simulation.ending(simulation.deploy())).toEqual({
      status: 'FAILED',
      error: 'CommandFailed',
      cause: expect.stringMatching(
        /^instance .+: the build command ended with code 1; evidence: \S+\/d-2\.json; settling failed too, AwsFailed: could not .+AccessDenied.+; settling starts again within 5 minutes; evidence: \S+\/d-2\.unsettled\.json$/,
      ),
    });
    expect(kept(simulation, 'evidence/web/d-2.json')).toMatchObject({ failure: { Error: 'CommandFailed' } });
    allow();
    await simulation.rest();
    expect(served(simulation)).toEqual([v1, v1]);
  });
});

test.each(['take-over', 'restore', 'close'] as const)(
  'settle machine whose %s may not write the journal: its failure is a sentence too',
  async (step) => {
    await simulate({}, async (simulation) => {
      const v1 = await deployed(simulation);
      simulation.world.events.lose = () => true;
      simulation.push();
      const abandoned = simulation.deploy();
      await simulation.done(abandoned, 'check-health');
      simulation.abort(abandoned);
      const allow = forbid(simulation, step, 'PutObject');
      const ending = await simulation.ending(simulation.settle('by-hand'));
      expect(ending).toMatchObject({
        status: 'FAILED',
        error: 'AwsFailed',
        cause: expect.stringMatching(/^could not write s3:\/\/.+journal\/web.json: AccessDenied: [^{}]+$/),
      });
      allow();
      await simulation.rest();
      expect(served(simulation)).toEqual([v1, v1]);
    });
  },
);
