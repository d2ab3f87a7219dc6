import { delay } from '../../lib/simulation/interruptions.ts';
import type { SimulationOptions } from '../../lib/simulation/options.ts';
import { Simulation } from '../../lib/simulation/simulation.ts';
import { blind, early, gullible, hasty, idle, impatient, unowned } from '../support/story/broken-steps.ts';
import { assembly, deployed } from '../support/story/simulate.ts';

/** Invariants that a story breaks when steps are broken. */
async function brokenBy(
  broken: SimulationOptions['steps'],
  story: (simulation: Simulation) => Promise<void>,
): Promise<string[]> {
  const simulation = await Simulation.start({ assembly, steps: broken });
  try {
    await deployed(simulation);
    await story(simulation);
    await simulation.rest();
    return simulation.violations.map(({ invariant }) => invariant);
  } finally {
    simulation.close();
  }
}

test('traffic before the targets are healthy is seen', async () => {
  const broken = { 'check-in-service': blind, shift: gullible('shift') };
  const violations = await brokenBy(broken, async (simulation) => {
    simulation.push();
    await simulation.ending(simulation.deploy());
  });
  expect(violations).toEqual(expect.arrayContaining(['capacity', 'requests']));
});

test.each(['forward', 'back'])(
  'targets that leave before the load balancer has applied the weights are seen on the way %s',
  async (way) => {
    const violations = await brokenBy({ restore: impatient }, async (simulation) => {
      simulation.push();
      const second = simulation.deploy();
      await simulation.done(second, 'shift');
      if (way === 'back') simulation.abort(second);
      await simulation.ending(second);
    });
    expect(violations).toContain('requests');
  },
);

test('a commit before the traffic is seen', async () => {
  const violations = await brokenBy({ shift: blind, record: early }, async (simulation) => {
    simulation.push();
    await simulation.ending(simulation.deploy());
  });
  expect(violations).toContain('commits');
});

test('a journal that is closed before the old fleet has ended is seen', async () => {
  const violations = await brokenBy({ 'check-terminated': blind, sweep: idle }, async (simulation) => {
    simulation.push();
    await simulation.ending(simulation.deploy());
  });
  expect(violations).toContain('rest');
});

test('a step that does not check whose the journal is, is seen when settling does not wait for it', async () => {
  const violations = await brokenBy({ boot: unowned('boot'), 'take-over': hasty }, async (simulation) => {
    delay(simulation, { step: 'boot', operation: 'CreateLaunchTemplateVersion' }, 40_000);
    simulation.push();
    const second = simulation.deploy();
    await simulation.begins(second, 'boot');
    simulation.abort(second);
  });
  expect(violations).toContain('owner');
});

test('a settle that moves traffic without looking at health is seen', async () => {
  const violations = await brokenBy({ restore: gullible('restore') }, async (simulation) => {
    const { fleet = '' } = simulation.truth.deployed?.record ?? {};
    simulation.push();
    const second = simulation.deploy();
    await simulation.done(second, 'shift');
    for (const id of simulation.truth.fleet(fleet)?.members.keys() ?? []) simulation.hosts.reach(id, false);
    await simulation.time.advance(30);
    simulation.abort(second);
    await simulation.time.advance(100_000);
  });
  expect(violations).toEqual(expect.arrayContaining(['requests']));
});
