import type { Outcome } from '../../lib/simulation/hosts/outcome.ts';
import { byCommit, deployed, instances, recorded, served, simulate } from '../support/story/simulate.ts';

/** Deploys a good commit, then one whose instances come to an outcome; what the second deployment ended with. */
async function second(outcome: Outcome, expected: { error: string; cause: string }): Promise<void> {
  const outcomes = new Map<string, Outcome>();
  await simulate(byCommit(outcomes), async (simulation) => {
    const v1 = await deployed(simulation);
    outcomes.set(simulation.push(), outcome);
    const ending = await simulation.ending(simulation.deploy());
    expect(ending).toEqual({
      status: 'FAILED',
      error: expected.error,
      cause: expect.stringContaining(expected.cause),
    });
    expect(recorded(simulation)).toBe(v1);
    expect(served(simulation)).toEqual([v1, v1]);
    expect(instances(simulation, 'green')).toEqual([]);
  });
}

test('instance never healthy: the deployment fails with the reason that the instance gave', async () => {
  await second('never healthy', { error: 'NotHealthy', cause: 'did not answer 200 within' });
});

test('a command of the release fails: the deployment ends at once', async () => {
  await second('command fails', { error: 'CommandFailed', cause: 'the build command ended with code 1' });
});

test('instances break again and again: the deployment ends when its time is over', async () => {
  await second('breaks', { error: 'CandidateNotReady', cause: 'the volume could not be mounted' });
});

test('instances die while booting: the deployment ends when its time is over', async () => {
  await second('dies', { error: 'CandidateNotReady', cause: '0 of 2 instances' });
});

test('instances are never heard of: the deployment ends when its time is over', async () => {
  await second('hangs', { error: 'CandidateNotReady', cause: 'no report yet' });
});

test('instances that the load balancer cannot reach never get traffic', async () => {
  await second('unreachable', { error: 'NotInService', cause: '0 healthy targets, 2 are needed' });
});

test('one instance that dies while booting is replaced, and the deployment goes on', async () => {
  let isFirst = true;
  const fate = () => {
    const outcome: Outcome = isFirst ? 'dies' : 'ready';
    isFirst = false;
    return { deploySeconds: 10, outcome };
  };
  await simulate({ fate }, async (simulation) => {
    const v1 = await deployed(simulation);
    expect(served(simulation)).toEqual([v1, v1]);
  });
});

test('a slow release, within its time, is deployed', async () => {
  const fate = () => ({ deploySeconds: 700, outcome: 'ready' as const });
  await simulate({ fate }, async (simulation) => {
    await deployed(simulation);
    const v2 = await deployed(simulation);
    expect(served(simulation)).toEqual([v2, v2]);
  });
});

test('after a bad release the next good one is deployed', async () => {
  const outcomes = new Map<string, Outcome>();
  await simulate(byCommit(outcomes), async (simulation) => {
    await deployed(simulation);
    outcomes.set(simulation.push(), 'never healthy');
    await simulation.ending(simulation.deploy());
    const v3 = await deployed(simulation);
    expect(served(simulation)).toEqual([v3, v3]);
  });
});
