import type { Outcome } from '../../lib/simulation/hosts/outcome.ts';
import type { Simulation } from '../../lib/simulation/simulation.ts';
import { byCommit, deployed, instances, recorded, served, simulate } from '../support/story/simulate.ts';

const hour = 3_600_000;

/** Nothing of a fleet answers any more, for a while; the balancer has noticed. */
async function silence(
  simulation: Simulation,
  colour: 'blue' | 'green',
  milliseconds: number,
): Promise<void> {
  for (const id of instances(simulation, colour)) simulation.silence(id, milliseconds);
  await simulation.time.advance(60_000);
}

test('live fleet with no healthy target: a good deployment is the way out', async () => {
  await simulate({}, async (simulation) => {
    await deployed(simulation);
    await silence(simulation, 'blue', hour);
    expect(served(simulation)).toEqual([]);
    const v2 = await deployed(simulation);
    expect(served(simulation)).toEqual([v2, v2]);
  });
});

test('live fleet with no healthy target, bad release: the deployment fails with its reason and holds nobody up', async () => {
  const outcomes = new Map<string, Outcome>();
  await simulate(byCommit(outcomes), async (simulation) => {
    const v1 = await deployed(simulation);
    await silence(simulation, 'blue', hour);
    outcomes.set(simulation.push(), 'command fails');
    expect(await simulation.ending(simulation.deploy())).toMatchObject({ error: 'CommandFailed' });
    expect(recorded(simulation)).toBe(v1);
    expect(instances(simulation, 'blue')).toHaveLength(2);
    expect(instances(simulation, 'green')).toEqual([]);
    const v3 = await deployed(simulation);
    expect(served(simulation)).toEqual([v3, v3]);
  });
});

test('recorded fleet goes down after the shift, deployment stopped: traffic stays where it is answered, until it is back', async () => {
  await simulate({}, async (simulation) => {
    const v1 = await deployed(simulation);
    const v2 = simulation.push();
    const second = simulation.deploy();
    await simulation.done(second, 'shift');
    simulation.abort(second);
    await silence(simulation, 'blue', hour);
    await simulation.time.advance(hour / 2);
    expect(served(simulation)).toEqual([v2, v2]);
    const overdue = simulation.executions.all().map(({ ending }) => ending);
    expect(overdue).toContainEqual({
      status: 'FAILED',
      error: 'SettleOverdue',
      cause: expect.stringMatching(
        /^fleet \S+ has 0 healthy targets, 2 are needed: .+; settling starts again within 5 minutes; evidence: s3:\S+\.unsettled\.json$/,
      ),
    });
    await simulation.rest();
    expect(served(simulation)).toEqual([v1, v1]);
  });
});

test('both fleets have no healthy target: the deployment is overdue, the record stays', async () => {
  const outcomes = new Map<string, Outcome>();
  await simulate(byCommit(outcomes), async (simulation) => {
    const v1 = await deployed(simulation);
    await silence(simulation, 'blue', hour);
    outcomes.set(simulation.push(), 'unreachable');
    expect(await simulation.ending(simulation.deploy())).toMatchObject({
      status: 'FAILED',
      error: 'NotInService',
      cause: expect.stringMatching(/has 0 healthy targets, 2 are needed: .+; evidence: s3:/),
    });
    expect(recorded(simulation)).toBe(v1);
    await simulation.rest();
    expect(served(simulation)).toEqual([v1, v1]);
  });
});
