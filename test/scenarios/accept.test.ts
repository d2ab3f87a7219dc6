import type { Simulation } from '../../lib/simulation/simulation.ts';
import { deployed, live, recorded, served, simulate } from '../support/story/simulate.ts';

/** The recorded release breaks for good, while another one has all the traffic and was not recorded. */
async function replaced(simulation: Simulation): Promise<{ broken: string; serving: string }> {
  const broken = await deployed(simulation);
  const [...members] = simulation.truth.recordedFleet?.members.keys() ?? [];
  const serving = simulation.push();
  const second = simulation.deploy();
  await simulation.done(second, 'shift');
  for (const id of members) simulation.silence(id, 86_400_000);
  simulation.abort(second);
  return { broken, serving };
}

const accept = { action: 'accept', reason: 'what is recorded cannot run' } as const;

test('a recorded release that cannot run: settling waits, says the way out, and a new deployment goes through', async () => {
  await simulate({}, async (simulation) => {
    const { broken, serving } = await replaced(simulation);
    await simulation.time.advance(1_200_000);
    expect([recorded(simulation), simulation.truth.journal?.state]).toEqual([broken, 'open']);
    expect(served(simulation)).toEqual([serving, serving]);
    expect(simulation.story.toString()).toMatch(
      /deployment d-2 serves: deploy again, which records it first, or record it with aws stepfunctions start-execution --state-machine-arn arn:aws:states:eu-west-1:111111111111:stateMachine:holdfast-prod-settle --input '\{"service":"web","action":"accept"/,
    );
    const third = await deployed(simulation);
    expect(served(simulation)).toEqual([third, third]);
    // The one that served in between became the record first: it is what a failure would have come back to.
    expect(simulation.truth.deployed?.version).toBe(3);
  });
});

test('an operator records what serves, while a settle waits in vain: it goes forward at once', async () => {
  await simulate({}, async (simulation) => {
    const { serving } = await replaced(simulation);
    await simulation.time.advance(300_000);
    expect(simulation.truth.journal?.kind).toBe('settle');
    const accepted = simulation.settle('accept-1', accept);
    expect(await simulation.ending(accepted)).toMatchObject({ status: 'SUCCEEDED' });
    expect([recorded(simulation), served(simulation)]).toEqual([serving, [serving, serving]]);
    expect(simulation.truth.deployed?.record).toMatchObject({ deployment: 'd-2', reason: accept.reason });
    expect(simulation.truth.fleets().map(({ name }) => name)).toEqual([live(simulation)]);
  });
});

test('accept is refused at rest, during a deployment, and when what would be recorded does not serve', async () => {
  await simulate({}, async (simulation) => {
    const v1 = await deployed(simulation);
    expect(await simulation.ending(simulation.settle('accept-1', accept))).toMatchObject({
      error: 'InvalidInput',
      cause: expect.stringContaining('found nothing to accept'),
    });
    simulation.push();
    const second = simulation.deploy();
    await simulation.done(second, 'boot');
    expect(await simulation.ending(simulation.settle('accept-2', accept))).toMatchObject({
      error: 'DeploymentInProgress',
      cause: expect.stringContaining('stop it, then accept'),
    });
    simulation.world.events.lose = () => true;
    simulation.abort(second);
    expect(await simulation.ending(simulation.settle('accept-3', accept))).toMatchObject({
      error: 'NotInService',
      cause: expect.stringMatching(
        /forwards to .*, not to the candidate's fleet .* alone; nothing was changed/,
      ),
    });
    await simulation.time.advance(600_000);
    expect([recorded(simulation), served(simulation)]).toEqual([v1, [v1, v1]]);
  });
});

test('a settle that failed for another reason still leads back: what is recorded runs', async () => {
  await simulate({ checksRights: false }, async (simulation) => {
    const v1 = await deployed(simulation);
    simulation.push();
    const second = simulation.deploy();
    await simulation.done(second, 'shift');
    const fault = { error: Object.assign(new Error('no'), { code: 'InternalFailure', status: 500 }) };
    const allow = simulation.world.faults.next(
      'autoscaling',
      'DescribeAutoScalingGroups',
      fault as never,
      60,
    );
    simulation.abort(second);
    await simulation.time.advance(200_000);
    allow();
    const third = simulation.deploy();
    await simulation.begins(third, 'boot');
    expect(recorded(simulation)).toBe(v1);
    expect(await simulation.ending(third)).toMatchObject({ status: 'SUCCEEDED' });
  });
});
