import type { LaunchFailure } from '../../lib/local-aws/model/ec2/instances.ts';
import { AwsError } from '../../lib/local-aws/model/error.ts';
import type { Simulation } from '../../lib/simulation/simulation.ts';
import { deployed, live, recorded, served, simulate } from '../support/story/simulate.ts';

const noCapacity: LaunchFailure = {
  refused: new AwsError('InsufficientInstanceCapacity', 'We currently do not have sufficient capacity.'),
};
const keyRefused: LaunchFailure = {
  ended: { code: 'Client.InternalError', message: 'Client error on launch' },
};

/** Launches of every fleet but the live one fail. */
function fail(simulation: Simulation, failure: LaunchFailure): void {
  const serving = live(simulation);
  simulation.world.ec2.instances.failing = ({ group }) => (group === serving ? undefined : failure);
}

function evidenceOf({ world, truth }: Simulation, deployment: string): unknown {
  const Key = `evidence/web/${deployment}.json`;
  return JSON.parse(Buffer.from(world.s3.getObject({ Bucket: truth.settings.bucket, Key }).Body).toString());
}

test('launches that fail for good: the deployment ends with the reason in its cause and in the evidence', async () => {
  await simulate({}, async (simulation) => {
    const v1 = await deployed(simulation);
    fail(simulation, noCapacity);
    simulation.push();
    expect(await simulation.ending(simulation.deploy())).toMatchObject({
      error: 'CandidateNotReady',
      cause: expect.stringMatching(
        /^0 of 2 instances .* are ready; the launch at \S+ failed: We currently do not have sufficient capacity\. /,
      ),
    });
    expect([recorded(simulation), ...served(simulation)]).toEqual([v1, v1, v1]);
  });
});

test('launches that fail for a while: the deployment waits for them', async () => {
  await simulate({}, async (simulation) => {
    await deployed(simulation);
    fail(simulation, noCapacity);
    const v2 = simulation.push();
    const second = simulation.deploy();
    await simulation.done(second, 'boot');
    await simulation.time.advance(60_000);
    simulation.world.ec2.instances.failing = undefined;
    expect(await simulation.ending(second)).toMatchObject({ status: 'SUCCEEDED' });
    expect(served(simulation)).toEqual([v2, v2]);
  });
});

test('launches that cannot work: the deployment ends at once', async () => {
  await simulate({}, async (simulation) => {
    const v1 = await deployed(simulation);
    fail(simulation, keyRefused);
    simulation.push();
    const second = simulation.deploy();
    await simulation.begins(second, 'check-health');
    const waited = simulation.time.now();
    await simulation.begins(second, 'evidence');
    expect(simulation.time.now() - waited).toBeLessThan(30_000);
    expect(await simulation.ending(second)).toMatchObject({
      error: 'CandidateNotReady',
      cause: expect.stringMatching(
        /^fleet .*: a launch failed, and each further one would: .*Client\.InternalError/,
      ),
    });
    expect(served(simulation)).toEqual([v1, v1]);
    expect(evidenceOf(simulation, 'd-2')).toMatchObject({
      launches: expect.arrayContaining([
        { at: expect.any(String), message: expect.stringContaining('Client.InternalError') },
      ]),
      instances: expect.arrayContaining([
        expect.objectContaining({ reason: 'Client.InternalError: Client error on launch' }),
      ]),
    });
  });
});
