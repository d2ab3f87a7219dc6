import type { SimulationOptions } from '../../../lib/rehearsal/simulation/options.ts';
import { type StepFunction, steps } from '../../../lib/rehearsal/simulation/steps.ts';
import { type Failure, trySeed } from '../../../lib/rehearsal/torture/try-seed.ts';
import type { Answer } from '../../../lib/rollout/contract.ts';
import type { Deps } from '../../../lib/steps/deps.ts';
import { assembly } from '../../scenarios/simulate.ts';

const { stackTraceLimit } = Error;
beforeAll(() => {
  Error.stackTraceLimit = 0;
});
afterAll(() => {
  Error.stackTraceLimit = stackTraceLimit;
});

const most = 150;

/** The first random schedule that breaks an invariant when steps are broken. */
async function found(invariant: string, broken: SimulationOptions['steps']): Promise<Failure> {
  for (let seed = 1; seed <= most; seed += 1) {
    const { failure } = await trySeed(seed, { assembly, steps: broken }, 10);
    if (failure?.invariants.includes(invariant)) return failure;
  }
  throw new Error(`none of ${most} schedules broke ${invariant}`);
}

function withDeps(step: keyof typeof steps, change: (deps: Deps) => Partial<Deps>): StepFunction {
  return (event, deps) => steps[step](event, { ...deps, ...change(deps) });
}

/** A check that finds everything ready. */
const blind: StepFunction = async (event, deps) => {
  const { wait } = event as { wait: Answer };
  return { ...wait, outcome: 'ready', because: '', poll: 5, error: 'NotInService', at: deps.now() };
};

/** Believes for ever the journal that it read first, and so checks nothing. */
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

/** Every registered target counts as healthy. */
function gullible(step: keyof typeof steps): StepFunction {
  return withDeps(step, ({ balancer }) => {
    const targets = async (group: string) =>
      (await balancer.targets(group)).map((target) => ({ ...target, state: 'healthy' }));
    return { balancer: { ...balancer, targets } };
  });
}

/** Takes any traffic for all traffic. */
const early = withDeps('record', ({ balancer, parameters }) => {
  const targetGroups = { blue: 'any', green: 'any' };
  const getVersion: typeof parameters.getVersion = async (name, version) => {
    const found = await parameters.getVersion(name, version);
    const value = JSON.parse(found.value);
    if (!value.balancer) return found;
    return { ...found, value: JSON.stringify({ ...value, balancer: { ...value.balancer, targetGroups } }) };
  };
  const action = async () => ({ forward: [{ targetGroup: 'any', weight: 100 }], sticky: false });
  return { parameters: { ...parameters, getVersion }, balancer: { ...balancer, action } };
});

const hasty: StepFunction = async (event, deps) => {
  const taken = (await steps['take-over'](event, deps)) as { outcome: string };
  return taken.outcome === 'wait' ? { ...taken, outcome: 'ready' } : taken;
};

const idle: StepFunction = async () => ({ settled: [] });

const mutants: [invariant: string, what: string, broken: SimulationOptions['steps']][] = [
  ['rest', 'closes before the other fleets have ended', { 'check-terminated': blind, sweep: idle }],
  ['requests', 'shifts before targets are healthy', { 'check-in-service': blind, shift: gullible('shift') }],
  ['capacity', 'shifts without looking at capacity', { 'check-in-service': blind, shift: gullible('shift') }],
  ['commits', 'commits before the traffic has moved', { shift: blind, record: early }],
  ['owner', 'boots without asking whose the journal is', { boot: unowned('boot'), 'take-over': hasty }],
];

test.each(mutants)(
  '%s: random schedules find a workflow that %s',
  async (invariant, _, broken) => {
    const { seed, text } = await found(invariant, broken);
    expect(text).toContain(`seed ${seed} breaks`);
    expect(text).toContain(`VIOLATION of ${invariant}`);
  },
  120_000,
);
