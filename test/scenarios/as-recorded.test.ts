import { isGit } from '../../lib/config/repository.ts';
import { commitHash } from '../../lib/simulation/git.ts';
import type { Simulation } from '../../lib/simulation/simulation.ts';
import { update } from '../support/story/permissions.ts';
import { deployed, served, simulate } from '../support/story/simulate.ts';

/** Url of a repository of the example. */
function urlOf({ truth }: Simulation, name: string): string {
  const repository = truth.settings.repositories[name];
  if (!repository || !isGit(repository)) throw new Error(`the example has no git repository called ${name}`);
  return repository.url;
}

/** Pushes to the configuration repository, which nobody has deployed yet. */
function pushStates(simulation: Simulation, number: number): string {
  const commit = commitHash(number);
  simulation.git.push(urlOf(simulation, 'states'), 'main', commit);
  return commit;
}

const seen = { status: 'SUCCEEDED' };
const release = ({ truth }: Simulation) => truth.deployed?.record.release;

test('one repository goes back: the configuration stays as recorded, until nothing is named', async () => {
  await simulate({}, async (simulation) => {
    const v1 = await deployed(simulation);
    await deployed(simulation);
    const before = release(simulation)?.states;
    const states = pushStates(simulation, 200);
    expect(await simulation.ending(simulation.deploy({ commit: v1 }))).toMatchObject(seen);
    expect(release(simulation)).toMatchObject({ site: { commit: v1 }, states: before });
    await deployed(simulation);
    expect(release(simulation)?.states).toMatchObject({ commit: states });
  });
});

test('branch merged and deleted: its recorded commit is deployed again, beside one that has to be proven', async () => {
  await simulate({}, async (simulation) => {
    await deployed(simulation);
    const commit = simulation.push('feature');
    expect(await simulation.ending(simulation.deploy({ branch: 'feature' }))).toMatchObject(seen);
    simulation.git.remove(urlOf(simulation, 'site'), 'feature');
    expect(await simulation.ending(simulation.deploy())).toMatchObject({ error: 'UnknownCommit' });
    expect(await simulation.ending(simulation.deploy({ commit, replace: true }))).toMatchObject(seen);
    expect(simulation.truth.deployed).toMatchObject({
      version: 3,
      record: { release: { site: { branch: 'feature', commit } } },
    });
    const states = pushStates(simulation, 200);
    pushStates(simulation, 201);
    const both = { site: commit, states };
    expect(await simulation.ending(simulation.deploy({ commit: both }))).toMatchObject(seen);
    expect(release(simulation)).toMatchObject({ site: { commit }, states: { commit: states } });
    expect(served(simulation)).toEqual([commit, commit]);
  });
});

test('an earlier record is deployed whole, its branch gone and the git host away, under the settings of today', async () => {
  await simulate({}, async (simulation) => {
    const commit = simulation.push('feature');
    const by = { branch: 'feature', by: 'ada' };
    expect(await simulation.ending(simulation.deploy(by))).toMatchObject(seen);
    const first = release(simulation);
    pushStates(simulation, 200);
    expect(
      await simulation.ending(simulation.deploy({ branch: { site: 'main', states: 'main' } })),
    ).toMatchObject(seen);
    simulation.git.remove(urlOf(simulation, 'site'), 'feature');
    update(simulation, (settings) => ({ ...settings, start: 'systemctl restart other' }));
    simulation.git.isDown = true;
    expect(await simulation.ending(simulation.deploy({ version: 1, ifRecord: 1 }))).toEqual({
      status: 'FAILED',
      error: 'RecordChanged',
      cause: expect.stringContaining('service web has record 2, ifRecord expects record 1'),
    });
    expect(await simulation.ending(simulation.deploy({ version: 1, ifRecord: 2 }))).toMatchObject(seen);
    expect(simulation.truth.deployed).toMatchObject({ version: 3, record: { settings: 2 } });
    expect(release(simulation)).toEqual(first);
    expect(served(simulation)).toEqual([commit, commit]);
  });
});

test('an earlier record beside a repository that is new, or that is gone from the configuration', async () => {
  await simulate({}, async (simulation) => {
    const v1 = await deployed(simulation);
    const url = 'https://git.example.com/shop/tools.git';
    simulation.git.push(url, 'main', commitHash(201));
    update(simulation, ({ repositories, ...settings }) => ({
      ...settings,
      repositories: { ...repositories, tools: { url, branch: 'main', overlay: 'none' } },
    }));
    await deployed(simulation);
    const both = release(simulation);
    simulation.git.push(url, 'main', commitHash(202));
    expect(await simulation.ending(simulation.deploy({ version: 1 }))).toMatchObject(seen);
    expect(release(simulation)).toEqual({ ...both, site: { branch: 'main', commit: v1 } });
    update(simulation, ({ repositories: { tools: _, ...repositories }, ...settings }) => ({
      ...settings,
      repositories,
    }));
    expect(await simulation.ending(simulation.deploy({ version: 2 }))).toEqual({
      status: 'FAILED',
      error: 'InvalidInput',
      cause: expect.stringContaining('repository tools is gone from the configuration'),
    });
  });
});
