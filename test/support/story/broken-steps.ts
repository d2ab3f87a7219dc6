import { parameterNames } from '../../../lib/config/resource-names.ts';
import { parseRecord } from '../../../lib/release/record.ts';
import type { Adapters } from '../../../lib/rollout/actions/step-context.ts';
import type { Answer, Restored } from '../../../lib/rollout/contract.ts';
import { type StepFunction, steps } from '../../../lib/simulation/steps.ts';

/** A step that works with something else than it was given. */
function withDeps(step: keyof typeof steps, change: (deps: Adapters) => Partial<Adapters>): StepFunction {
  return (event, deps) => steps[step](event, { ...deps, ...change(deps) });
}

/** A check that finds everything ready. */
export const blind: StepFunction = async (event, deps) => {
  const { wait } = event as { wait: Answer };
  return { ...wait, outcome: 'ready', because: '', poll: 5, error: 'NotInService', at: deps.now() };
};

/** A step that reads the journal once and believes it for ever, and so checks nothing. */
export function unowned(step: keyof typeof steps): StepFunction {
  return withDeps(step, ({ journals }) => {
    let first: ReturnType<typeof journals.read> | undefined;
    const read = (service: string) => {
      first ??= journals.read(service);
      return first;
    };
    return { journals: { ...journals, read } };
  });
}

/** A step for which every registered target is healthy. */
export function gullible(step: keyof typeof steps): StepFunction {
  return withDeps(step, ({ balancer }) => {
    const targets = async (group: string) =>
      (await balancer.targets(group)).map((target) => ({ ...target, state: 'healthy' }));
    return { balancer: { ...balancer, targets } };
  });
}

/** A step for which every instance that there is serves. */
export function careless(step: keyof typeof steps): StepFunction {
  return withDeps(step, ({ groups, balancer, environment }) => {
    const list: typeof groups.list = async (...of) =>
      (await groups.list(...of)).map((group) => ({
        ...group,
        instances: group.instances.map((instance) => ({ ...instance, lifecycle: 'InService' })),
      }));
    const targets = async () =>
      (await list(environment))
        .flatMap(({ instances }) => instances)
        .map(({ id }) => ({ id, port: 80, state: 'healthy' }));
    return { groups: { ...groups, list }, balancer: { ...balancer, targets } };
  });
}

/** A step for which the candidate is always large enough. */
export function small(step: keyof typeof steps): StepFunction {
  return async (event, deps) => {
    const { service } = event as { service: string };
    const candidate = (await deps.journals.read(service))?.journal.candidate?.fleet;
    const list: typeof deps.groups.list = async (...of) =>
      (await deps.groups.list(...of)).map((group) =>
        group.name === candidate ? { ...group, min: 99, max: 99, desired: 99 } : group,
      );
    return steps[step](event, { ...deps, groups: { ...deps.groups, list } });
  };
}

/** A restore that lets the targets of every other fleet go before the traffic has left them. */
export const eager: StepFunction = async (event, deps) => {
  const { service, execution } = event as { service: string; execution: string };
  const { journal } = (await deps.journals.read(service)) ?? {};
  if (journal?.execution === execution && journal.deployed !== undefined) {
    const name = parameterNames(deps.environment, service).deployed;
    const { value } = await deps.parameters.getVersion(name, journal.deployed);
    const { fleet } = journal.commit?.record ?? parseRecord(value, name);
    for (const group of await deps.groups.list(deps.environment, service))
      if (group.name !== fleet) await deps.groups.detach(group.name, group.targetGroups);
  }
  return steps.restore(event as never, deps);
};

/** A restore for which the load balancer applies its rules at once. */
export const impatient: StepFunction = async (event, deps) => {
  const answer = (await steps.restore(event as never, deps)) as Restored;
  return { ...answer, ruleSeconds: 0 };
};

/** A record that takes any traffic for all traffic. */
export const early = withDeps('record', ({ balancer, parameters }) => {
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

/** A take-over that does not wait for late writers. */
export const hasty: StepFunction = async (event, deps) => {
  const taken = (await steps['take-over'](event, deps)) as { outcome: string };
  return taken.outcome === 'wait' ? { ...taken, outcome: 'ready' } : taken;
};

/** A sweep that settles nothing. */
export const idle: StepFunction = async () => ({ settled: [] });
