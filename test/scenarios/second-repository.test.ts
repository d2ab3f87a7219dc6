import type { Simulation } from '../../lib/simulation/simulation.ts';
import { update } from '../support/story/permissions.ts';
import { deployed, instances, live, recorded, served, simulate } from '../support/story/simulate.ts';

const url = 'https://git.example.com/shop/tools.git';
const commit = 'cd'.repeat(20);

/** A second repository comes with an update of the service's stack. */
function add(simulation: Simulation): void {
  simulation.git.push(url, 'main', commit);
  update(simulation, (settings) => ({
    ...settings,
    repositories: { ...settings.repositories, tools: { url, branch: 'main', overlay: 'none' } },
  }));
}

test('second repository added later: the live fleet scales out without it, the next deployment records both', async () => {
  await simulate({}, async (simulation) => {
    const v1 = await deployed(simulation);
    add(simulation);
    simulation.scale(live(simulation), 3);
    await simulation.rest();
    expect(served(simulation)).toEqual([v1, v1, v1]);
    expect(simulation.truth.deployed?.record.release.tools).toBeUndefined();
    const v2 = await deployed(simulation);
    expect(simulation.truth.deployed?.record.release).toMatchObject({
      site: { commit: v2 },
      tools: { branch: 'main', commit },
    });
    const [id = ''] = instances(simulation, 'green');
    expect(simulation.hosts.running(id)).toMatchObject({ tools: { commit } });
  });
});

test('second repository added in mid-deployment: this one goes on without it', async () => {
  await simulate({}, async (simulation) => {
    await deployed(simulation);
    const v2 = simulation.push();
    const second = simulation.deploy();
    await simulation.done(second, 'prepare');
    add(simulation);
    expect(await simulation.ending(second)).toMatchObject({ status: 'SUCCEEDED' });
    expect(recorded(simulation)).toBe(v2);
    expect(Object.keys(simulation.truth.deployed?.record.release ?? {})).toEqual(['site', 'states']);
  });
});

test('second repository that is not there: refused with its name, production stays', async () => {
  await simulate({}, async (simulation) => {
    const v1 = await deployed(simulation);
    update(simulation, (settings) => ({
      ...settings,
      repositories: { ...settings.repositories, tools: { url, branch: 'main', overlay: 'none' } },
    }));
    expect(await simulation.ending(simulation.deploy())).toEqual({
      status: 'FAILED',
      error: 'UnknownCommit',
      cause: expect.stringContaining('repository tools'),
    });
    expect(served(simulation)).toEqual([v1, v1]);
  });
});
