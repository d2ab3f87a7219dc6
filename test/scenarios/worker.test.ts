import type { Outcome } from '../../lib/simulation/hosts/outcome.ts';
import { byCommit, deployed, instances, recorded, simulate } from '../support/story/simulate.ts';

const service = 'worker';

test('worker service: deployed without load balancer, the old instances end last', async () => {
  await simulate({ service }, async (simulation) => {
    await deployed(simulation);
    const blue = instances(simulation, 'blue');
    expect(blue).toHaveLength(2);
    const v2 = simulation.push();
    const second = simulation.deploy();
    await simulation.begins(second, 'record');
    expect(instances(simulation, 'blue')).toEqual(blue);
    expect(await simulation.ending(second)).toMatchObject({ status: 'SUCCEEDED' });
    expect(recorded(simulation)).toBe(v2);
    expect(instances(simulation, 'blue')).toEqual([]);
    expect(instances(simulation, 'green')).toHaveLength(2);
  });
});

test('worker service, instance never healthy: the old instances work on', async () => {
  const outcomes = new Map<string, Outcome>();
  await simulate({ service, ...byCommit(outcomes) }, async (simulation) => {
    const v1 = await deployed(simulation);
    outcomes.set(simulation.push(), 'command fails');
    const ending = await simulation.ending(simulation.deploy());
    expect(ending).toMatchObject({ status: 'FAILED', error: 'CommandFailed' });
    expect(recorded(simulation)).toBe(v1);
    expect(instances(simulation, 'blue')).toHaveLength(2);
  });
});

test('worker service, stopped before and after record', async () => {
  await simulate({ service }, async (simulation) => {
    const v1 = await deployed(simulation);
    simulation.push();
    const second = simulation.deploy();
    await simulation.done(second, 'check-health');
    simulation.abort(second);
    await simulation.rest();
    expect(recorded(simulation)).toBe(v1);
    const third = simulation.deploy();
    await simulation.done(third, 'record');
    simulation.abort(third);
    await simulation.rest();
    expect(recorded(simulation)).not.toBe(v1);
  });
});
