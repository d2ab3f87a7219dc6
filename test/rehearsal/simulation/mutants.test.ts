import { delay } from '../../../lib/rehearsal/simulation/interfere.ts';
import type { SimulationOptions } from '../../../lib/rehearsal/simulation/options.ts';
import { Simulation } from '../../../lib/rehearsal/simulation/simulation.ts';
import { type StepFunction, steps } from '../../../lib/rehearsal/simulation/steps.ts';
import type { Answer } from '../../../lib/rollout/contract.ts';
import type { Deps } from '../../../lib/steps/deps.ts';
import { assembly, deployed } from '../../scenarios/simulate.ts';

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

/** A step that works with something else than it was given. */
function withDeps(step: keyof typeof steps, change: (deps: Deps) => Partial<Deps>): StepFunction {
  return (event, deps) => steps[step](event, { ...deps, ...change(deps) });
}

/** A check that finds everything ready. */
const blind: StepFunction = async (event, deps) => {
  const { wait } = event as { wait: Answer };
  return { ...wait, outcome: 'ready', because: '', poll: 5, error: 'NotInService', at: deps.now() };
};

/** A step that reads the journal once and believes it for ever. */
function unowned(step: keyof typeof steps): StepFunction {
  return withDeps(step, ({ journals }) => {
    let first: ReturnType<typeof journals.read> | undefined;
    const read = (service: string) => {
      first ??= journals.read(service);
      return first;
    };
    return { journals: { ...journals, read } };
  });
}

/** Every target that is registered counts as healthy. */
function gullible(step: keyof typeof steps): StepFunction {
  return withDeps(step, ({ balancer }) => {
    const targets = async (group: string) =>
      (await balancer.targets(group)).map((target) => ({ ...target, state: 'healthy' }));
    return { balancer: { ...balancer, targets } };
  });
}

test('traffic before the targets are healthy is seen', async () => {
  const broken = { 'check-in-service': blind, shift: gullible('shift') };
  const violations = await brokenBy(broken, async (simulation) => {
    simulation.push();
    await simulation.ending(simulation.deploy());
  });
  expect(violations).toEqual(expect.arrayContaining(['capacity', 'requests']));
});

test('a commit before the traffic is seen', async () => {
  const action = async () => ({ forward: [{ targetGroup: 'any', weight: 100 }], sticky: false });
  const record = withDeps('record', ({ balancer, parameters, ...deps }) => {
    const targetGroups = { blue: 'any', green: 'any' };
    const getVersion: typeof parameters.getVersion = async (name, version) => {
      const found = await parameters.getVersion(name, version);
      const value = JSON.parse(found.value);
      return value.balancer
        ? { ...found, value: JSON.stringify({ ...value, balancer: { ...value.balancer, targetGroups } }) }
        : found;
    };
    return { ...deps, parameters: { ...parameters, getVersion }, balancer: { ...balancer, action } };
  });
  const violations = await brokenBy({ shift: blind, record }, async (simulation) => {
    simulation.push();
    await simulation.ending(simulation.deploy());
  });
  expect(violations).toContain('commits');
});

test('a journal that is closed before the old fleet has ended is seen', async () => {
  const sweep: StepFunction = async () => ({ settled: [] });
  const violations = await brokenBy({ 'check-terminated': blind, sweep }, async (simulation) => {
    simulation.push();
    await simulation.ending(simulation.deploy());
  });
  expect(violations).toContain('rest');
});

test('a step that does not check whose the journal is, is seen when settling does not wait for it', async () => {
  const takeOver: StepFunction = async (event, deps) => {
    const taken = (await steps['take-over'](event, deps)) as { outcome: string };
    return taken.outcome === 'wait' ? { ...taken, outcome: 'ready' } : taken;
  };
  const violations = await brokenBy({ boot: unowned('boot'), 'take-over': takeOver }, async (simulation) => {
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
