import { deployed, recorded, served, simulate } from '../support/story/simulate.ts';

const seen = { status: 'SUCCEEDED' };

test('git server down: a branch cannot be resolved, the deployment is refused and nothing is touched', async () => {
  await simulate({}, async (simulation) => {
    const v1 = await deployed(simulation);
    simulation.push();
    simulation.git.isDown = true;
    expect(await simulation.ending(simulation.deploy())).toEqual({
      status: 'FAILED',
      error: 'GitFailed',
      cause: expect.stringContaining('the host does not answer'),
    });
    expect(simulation.truth.fleets()).toHaveLength(1);
    expect(served(simulation)).toEqual([v1, v1]);
  });
});

test('git server down while instances boot, and back: later launches deploy the release', async () => {
  await simulate({}, async (simulation) => {
    const v1 = await deployed(simulation);
    const v2 = await deployed(simulation);
    const third = simulation.deploy({ commit: v1 });
    await simulation.done(third, 'prepare');
    simulation.git.isDown = true;
    await simulation.time.advance(200_000);
    expect(served(simulation)).toEqual([v2, v2]);
    simulation.git.isDown = false;
    expect(await simulation.ending(third)).toMatchObject(seen);
    expect(served(simulation)).toEqual([v1, v1]);
  });
});

test('git server down and not back: the deployment ends with what the instances say', async () => {
  await simulate({}, async (simulation) => {
    const v1 = await deployed(simulation);
    const v2 = await deployed(simulation);
    const third = simulation.deploy({ commit: v1 });
    await simulation.done(third, 'prepare');
    simulation.git.isDown = true;
    expect(await simulation.ending(third)).toEqual({
      status: 'FAILED',
      error: 'CandidateNotReady',
      cause: expect.stringMatching(/GitFailed: .*the host does not answer.*; evidence: s3:/),
    });
    expect(recorded(simulation)).toBe(v2);
    expect(served(simulation)).toEqual([v2, v2]);
  });
});

test('git server down: the commits that are recorded were proven before, and are deployed again by hash', async () => {
  await simulate({}, async (simulation) => {
    await deployed(simulation);
    const v2 = await deployed(simulation);
    simulation.git.isDown = true;
    const { release = {} } = simulation.truth.deployed?.record ?? {};
    const commit = Object.fromEntries(
      Object.entries(release).map(([name, entry]) => [name, 'commit' in entry ? entry.commit : '']),
    );
    expect(await simulation.ending(simulation.deploy({ commit }))).toMatchObject(seen);
    expect(served(simulation)).toEqual([v2, v2]);
  });
});
