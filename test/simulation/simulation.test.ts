import { Simulation } from '../../lib/simulation/simulation.ts';
import { assembly, deployed, simulate } from '../support/story/simulate.ts';

async function story(seed: number): Promise<string> {
  const simulation = await Simulation.start({
    assembly,
    seed,
    bootSeconds: () => 10 + Math.floor(Math.random() * 60),
  });
  try {
    await deployed(simulation);
    await simulation.rest();
    return simulation.story.toString();
  } finally {
    simulation.close();
  }
}

test('the same seed gives the same story, another one another', async () => {
  const first = await story(7);
  expect(await story(7)).toBe(first);
  expect(await story(8)).not.toBe(first);
});

test('settings can be changed before anything is deployed', async () => {
  await simulate(
    { settings: (given) => ({ ...given, capacity: { min: 3, max: 3 } }) },
    async (simulation) => {
      await deployed(simulation);
      expect(simulation.truth.recordedFleet?.members.size).toBe(3);
    },
  );
});

test('commits go to the branch that is named, all different', async () => {
  await simulate({}, async (simulation) => {
    const [main, hotfix] = [simulation.push(), simulation.push('hotfix')];
    expect(main).not.toBe(hotfix);
    const { url } = simulation.truth.settings.repositories.site as { url: string };
    expect(await simulation.git.tip({ url }, 'main')).toBe(main);
    expect(await simulation.git.tip({ url }, 'hotfix')).toBe(hotfix);
  });
});

test('a start that fails gives the process its time back', async () => {
  await expect(Simulation.start({ assembly, service: 'nowhere' })).rejects.toThrow('no settings');
  expect(Date.now()).toBeGreaterThan(Date.UTC(2026, 0, 1) + 1_000);
});

test('a simulation that is told no story has none', async () => {
  await simulate({ story: false }, async (simulation) => {
    await deployed(simulation);
    expect(simulation.story.toString()).toBe('');
  });
});

test('a silenced instance gets no traffic until it answers again', async () => {
  await simulate({}, async (simulation) => {
    await deployed(simulation);
    const [group = ''] = simulation.truth.weights?.keys() ?? [];
    const states = () => simulation.truth.targets(group).map(({ state }) => state);
    const [id = ''] = simulation.truth.targets(group).map((target) => target.id);
    simulation.silence(id, 60_000);
    await simulation.time.advance(30_000);
    expect(states().sort()).toEqual(['healthy', 'unhealthy']);
    await simulation.time.advance(60_000);
    expect(states()).toEqual(['healthy', 'healthy']);
  });
});
