import { deployed, recorded, served, simulate } from '../support/story/simulate.ts';

const elsewhere = 'ab'.repeat(20);

test('commit not on the branch: the candidate refuses it, production stays as it is', async () => {
  await simulate({}, async (simulation) => {
    const v1 = await deployed(simulation);
    const ending = await simulation.ending(simulation.deploy({ commit: elsewhere }));
    expect(ending).toEqual({
      status: 'FAILED',
      error: 'UnknownCommit',
      cause: expect.stringContaining(`commit ${elsewhere} is not on branch main`),
    });
    expect(recorded(simulation)).toBe(v1);
    expect(served(simulation)).toEqual([v1, v1]);
  });
});

test('an older commit of the branch is deployed: a way back', async () => {
  await simulate({}, async (simulation) => {
    const v1 = await deployed(simulation);
    await deployed(simulation);
    const ending = await simulation.ending(simulation.deploy({ commit: v1 }));
    expect(ending).toMatchObject({ status: 'SUCCEEDED' });
    expect(served(simulation)).toEqual([v1, v1]);
    expect(simulation.truth.deployed?.record.verified).toBe(true);
  });
});

test('a commit that is on the named branch only is deployed from there', async () => {
  await simulate({}, async (simulation) => {
    await deployed(simulation);
    const commit = simulation.push('hotfix');
    const ending = await simulation.ending(simulation.deploy({ branch: 'hotfix' }));
    expect(ending).toMatchObject({ status: 'SUCCEEDED' });
    expect(recorded(simulation)).toBe(commit);
  });
});

test.each([
  ['an unknown key', { comit: elsewhere }, 'InvalidInput', 'unknown key "comit"'],
  ['a short commit', { commit: 'abc' }, 'InvalidInput', 'commit'],
  ['a branch that is an option', { branch: '--upload-pack=x' }, 'InvalidInput', 'branch'],
  ['an unknown service', { service: 'shop' }, 'InvalidInput', 'found no settings'],
  ['a missing branch', { branch: 'nowhere' }, 'UnknownCommit', 'found no branch nowhere'],
  [
    'a missing overlay',
    { overlay: 'overlays/none.tar.gz' },
    'InvalidTarball',
    'found no object overlays/none.tar.gz',
  ],
])('%s is refused by name before anything is touched', async (_, input, error, cause) => {
  await simulate({}, async (simulation) => {
    const v1 = await deployed(simulation);
    const ending = await simulation.ending(simulation.deploy(input));
    expect(ending).toEqual({ status: 'FAILED', error, cause: expect.stringContaining(cause) });
    expect(served(simulation)).toEqual([v1, v1]);
    expect(simulation.truth.fleets()).toHaveLength(1);
  });
});
