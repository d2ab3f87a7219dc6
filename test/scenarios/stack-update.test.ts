import type { Step } from '../../lib/rollout/contract.ts';
import type { Simulation } from '../../lib/simulation/simulation.ts';
import { newTargetGroup, resource, update } from '../support/story/permissions.ts';
import { deployed, instances, live, recorded, served, simulate } from '../support/story/simulate.ts';

/** Steps in whose middle a stack is updated: before the fleet is made, while it boots, after the commit. */
const moments: Step[] = ['prepare', 'boot', 'check-in-service', 'record', 'drain'];

/** A deployment during which the service's stack is updated; how many fleets and which commit it leaves is checked. */
async function updated(simulation: Simulation, step: Step, change: () => void): Promise<void> {
  const commit = simulation.push();
  const deployment = simulation.deploy();
  await simulation.done(deployment, step);
  const before = { recorded: recorded(simulation), weights: [...(simulation.truth.weights ?? [])] };
  change();
  expect({ recorded: recorded(simulation), weights: [...(simulation.truth.weights ?? [])] }).toEqual(before);
  expect(await simulation.ending(deployment)).toMatchObject({ status: 'SUCCEEDED' });
  expect(new Set(served(simulation))).toEqual(new Set([commit]));
}

/** Another instance type, as a stack update brings it: a template version, and settings that name it. */
function changeType(simulation: Simulation, type: 'm7g.large'): void {
  const { id } = simulation.truth.settings.launchTemplate;
  simulation.world.ec2.createLaunchTemplateVersion({
    LaunchTemplateId: id,
    SourceVersion: '1',
    VersionDescription: 'another build',
    LaunchTemplateData: { InstanceType: type },
  });
  update(simulation, (settings) => ({ ...settings, launchTemplate: { id, build: 'another build' } }));
}

/** Instance types of the fleet that the record names. */
function types({ truth, world }: Simulation): string[] {
  const ids = [...(truth.recordedFleet?.members.keys() ?? [])];
  return ids.map((id) => world.ec2.instances.get(id).instanceType);
}

test.each(moments)(
  'instance type changed after %s: this fleet keeps its own for life, the next has the new',
  async (step) => {
    await simulate({}, async (simulation) => {
      await deployed(simulation);
      const [old = ''] = types(simulation);
      await updated(simulation, step, () => changeType(simulation, 'm7g.large'));
      simulation.scale(live(simulation), 3);
      await simulation.rest();
      expect(types(simulation)).toEqual([old, old, old]);
      await deployed(simulation);
      expect(types(simulation)).toEqual(['m7g.large', 'm7g.large', 'm7g.large']);
    });
  },
);

/** Path of the health check of the fleet that the record names. */
function checkedPath({ truth, world }: Simulation): string | undefined {
  const [group = ''] = truth.recordedFleet?.targetGroups ?? [];
  return world.elb.groups.byArn.get(group)?.check.path;
}

test.each(moments)(
  'health check path changed after %s: a fleet is checked as it was born, the next as changed',
  async (step) => {
    await simulate({}, async (simulation) => {
      await deployed(simulation);
      await updated(simulation, step, () =>
        update(simulation, ({ health, ...settings }) => ({
          ...settings,
          ...(health && { health: { ...health, path: '/ready' } }),
        })),
      );
      expect(checkedPath(simulation)).toBe('/health');
      await deployed(simulation);
      expect(checkedPath(simulation)).toBe('/ready');
    });
  },
);

test.each(moments)('capacity changed after %s: it is the recorded fleet’s in the end', async (step) => {
  await simulate({}, async (simulation) => {
    await deployed(simulation);
    await updated(simulation, step, () =>
      update(simulation, (settings) => ({ ...settings, capacity: { min: 3, max: 4 } })),
    );
    await simulation.rest();
    expect(simulation.truth.recordedFleet).toMatchObject({ min: 3, max: 4, desired: 3 });
    expect(served(simulation)).toHaveLength(3);
  });
});

test.each(moments)(
  'route changed after %s: the conditions are new, the weights are the deployment’s',
  async (step) => {
    await simulate({}, async (simulation) => {
      await deployed(simulation);
      const { balancer } = simulation.truth.settings;
      const commit = simulation.push();
      const deployment = simulation.deploy();
      await simulation.done(deployment, step);
      const before = [...(simulation.truth.weights ?? [])];
      await resource(simulation)('Update');
      if (step !== 'record') expect([...(simulation.truth.weights ?? [])]).toEqual(before);
      expect(await simulation.ending(deployment)).toMatchObject({ status: 'SUCCEEDED' });
      expect(served(simulation)).toEqual([commit, commit]);
      expect(JSON.stringify(simulation.world.elb.rules.find(balancer?.rule).conditions)).toContain(
        'other.example.com',
      );
    });
  },
);

test('target groups replaced after boot: the next deployment uses the new pair, and the old one goes', async () => {
  await simulate({}, async (simulation) => {
    await deployed(simulation);
    const before = simulation.truth.settings.balancer?.targetGroups;
    let pair = { blue: '', green: '' };
    await updated(simulation, 'boot', () => {
      pair = { blue: newTargetGroup(simulation, 'blue'), green: newTargetGroup(simulation, 'green') };
      update(simulation, ({ balancer, ...settings }) => ({
        ...settings,
        ...(balancer && { balancer: { ...balancer, targetGroups: pair } }),
      }));
    });
    expect(instances(simulation, 'green')).toHaveLength(2);
    const v3 = await deployed(simulation);
    expect(served(simulation)).toEqual([v3, v3]);
    expect([...(simulation.truth.weights?.keys() ?? [])]).toEqual([pair.blue]);
    const left = [...simulation.world.elb.groups.byArn.keys()];
    expect(left).toEqual(expect.arrayContaining([pair.blue, pair.green]));
    for (const old of Object.values(before ?? {})) expect(left).not.toContain(old);
  });
});
