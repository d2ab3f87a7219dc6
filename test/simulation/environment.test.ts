import { tags } from '../../lib/config/resource-names.ts';
import { simulate } from '../support/story/simulate.ts';

test('an environment stands as its stacks say: rules, target groups, machines, nothing deployed', async () => {
  await simulate({}, async ({ world, truth }) => {
    const { rule = '', testRule = '', targetGroups } = truth.settings.balancer ?? {};
    expect(world.elb.rules.find(rule).actions[0]?.Type).toBe('fixed-response');
    expect(world.elb.rules.find(testRule).actions[0]?.Type).toBe('forward');
    const { TagDescriptions = [] } = world.elb.describeTags({ ResourceArns: [targetGroups?.blue ?? ''] });
    expect(TagDescriptions[0]?.Tags).toContainEqual({ Key: tags.colour, Value: 'blue' });
    expect(world.autoScaling.fleets.groups.size).toBe(0);
  });
});

test('the schedule sweeps every five minutes, and events reach the sweep', async () => {
  await simulate({}, async (simulation) => {
    await simulation.time.advance(301_000);
    expect(simulation.story.toString()).toContain('300.1  schedule sweep: done');
    simulation.push();
    const first = simulation.deploy();
    await simulation.begins(first, 'boot');
    simulation.abort(first);
    await simulation.time.advance(1_000);
    expect(simulation.executions.running().map(({ info }) => info.name)).toEqual([
      expect.stringMatching(/^settle-web-/),
    ]);
  });
});
