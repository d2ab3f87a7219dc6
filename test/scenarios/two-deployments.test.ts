import { deployed, recorded, served, simulate } from '../support/story/simulate.ts';

test('two deployments at once: one goes on, the other is refused and touches nothing', async () => {
  await simulate({}, async (simulation) => {
    await deployed(simulation);
    const v2 = simulation.push();
    const first = simulation.deploy();
    const second = simulation.deploy({ by: 'someone else' });
    const endings = [await simulation.ending(first), await simulation.ending(second)];
    expect(endings).toEqual([
      expect.objectContaining({ status: 'SUCCEEDED' }),
      {
        status: 'FAILED',
        error: 'DeploymentInProgress',
        cause: expect.stringContaining('deployment d-2'),
      },
    ]);
    expect(recorded(simulation)).toBe(v2);
    expect(served(simulation)).toEqual([v2, v2]);
  });
});

test.each(['boot', 'check-in-service', 'record', 'drain', 'check-terminated'] as const)(
  'a deployment that comes while another is at %s is refused',
  async (step) => {
    await simulate({}, async (simulation) => {
      await deployed(simulation);
      const v2 = simulation.push();
      const first = simulation.deploy();
      await simulation.begins(first, step);
      const ending = await simulation.ending(simulation.deploy());
      expect(ending).toMatchObject({ status: 'FAILED', error: 'DeploymentInProgress' });
      expect(await simulation.ending(first)).toMatchObject({ status: 'SUCCEEDED' });
      expect(served(simulation)).toEqual([v2, v2]);
    });
  },
);
