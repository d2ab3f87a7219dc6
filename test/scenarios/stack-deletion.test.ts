import { parameterNames } from '../../lib/config/resource-names.ts';
import { Simulation } from '../../lib/simulation/simulation.ts';
import { newTargetGroup, resource, rulesIn, serviceStack, stackIs } from '../support/story/permissions.ts';
import { assembly, deployed, recorded, served, simulate } from '../support/story/simulate.ts';

const names = parameterNames('prod', 'web');

test('deletion of a service’s stack with a live fleet: traffic, fleet and target groups end, the record stays', async () => {
  // What must hold of a service at rest cannot hold of one that is gone.
  const simulation = await Simulation.start({ assembly, checksRights: true, invariants: [] });
  try {
    const v1 = await deployed(simulation);
    const { world, truth, time } = simulation;
    const { balancer } = truth.settings;
    stackIs(simulation, 'DELETE_IN_PROGRESS');
    await resource(simulation)('Delete');
    expect(truth.fleets()).toEqual([]);
    expect(() => world.elb.rules.find(balancer?.rule)).toThrow('not found');
    for (const group of Object.values(balancer?.targetGroups ?? {}))
      expect(world.elb.groups.byArn.has(group)).toBe(false);
    expect(recorded(simulation)).toBe(v1);
    world.ssm.deleteParameter({ Name: names.settings });
    const known = simulation.executions.all().length;
    await time.advance(1_200_000);
    expect(simulation.executions.all()).toHaveLength(known);
    expect(truth.fleets()).toEqual([]);
    const refused = await simulation.ending(simulation.deploy());
    expect(refused).toMatchObject({
      error: 'InvalidInput',
      cause: expect.stringContaining('found no settings'),
    });
  } finally {
    simulation.close();
  }
});

test('deletion of a stack in mid-deployment: refused with who deploys, the deployment goes on', async () => {
  await simulate({}, async (simulation) => {
    await deployed(simulation);
    const v2 = simulation.push();
    const second = simulation.deploy();
    await simulation.done(second, 'boot');
    stackIs(simulation, 'DELETE_IN_PROGRESS');
    await expect(resource(simulation)('Delete')).rejects.toThrow(
      /found deployment d-2 of unknown, since .+, expected none/,
    );
    expect(await simulation.ending(second)).toMatchObject({ status: 'SUCCEEDED' });
    expect(served(simulation)).toEqual([v2, v2]);
  });
});

test('service deleted and made again: it comes back with its recorded release', async () => {
  const simulation = await Simulation.start({ assembly, checksRights: true, invariants: [] });
  try {
    const v1 = await deployed(simulation);
    const { world, truth, time } = simulation;
    const { settings } = truth;
    const make = resource(simulation);
    stackIs(simulation, 'DELETE_IN_PROGRESS');
    await make('Delete');
    world.ssm.deleteParameter({ Name: names.settings });
    await time.advance(60_000);
    const targetGroups = {
      blue: newTargetGroup(simulation, 'blue'),
      green: newTargetGroup(simulation, 'green'),
    };
    const { RuleArn: rule = '', TestRuleArn: testRule = '' } =
      (await make('Create', { Blue: targetGroups.blue, Green: targetGroups.green })).attributes ?? {};
    const Value = JSON.stringify({ ...settings, balancer: { rule, testRule, targetGroups } });
    world.ssm.putParameter({ Name: names.settings, Value, Type: 'String' });
    await time.advance(900_000);
    expect(served(simulation)).toEqual([v1, v1]);
    const v2 = await deployed(simulation);
    expect(served(simulation)).toEqual([v2, v2]);
  } finally {
    simulation.close();
  }
});

test.each(['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS'] as const)(
  'a Delete that is not the end of the stack, %s: the live service stays, and deploys',
  async (status) => {
    await simulate({}, async (simulation) => {
      const v1 = await deployed(simulation);
      const fleets = simulation.truth.fleets().map(({ name }) => name);
      stackIs(simulation, status);
      await resource(simulation)('Delete');
      expect(simulation.truth.fleets().map(({ name }) => name)).toEqual(fleets);
      expect(served(simulation)).toEqual([v1, v1]);
      const v2 = await deployed(simulation);
      expect(served(simulation)).toEqual([v2, v2]);
    });
  },
);

test('a Delete of a logical id that another took the place of, before the first deployment: its rules stay', async () => {
  await simulate({}, async (simulation) => {
    const { resources } = serviceStack(simulation);
    const [, { physicalId }] = rulesIn(serviceStack(simulation));
    const type = 'Custom::HoldfastListenerRules';
    resources.set('moved', { type, physicalId, status: 'CREATE_COMPLETE' });
    stackIs(simulation, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
    await resource(simulation)('Delete');
    const v1 = await deployed(simulation);
    expect(served(simulation)).toEqual([v1, v1]);
  });
});
