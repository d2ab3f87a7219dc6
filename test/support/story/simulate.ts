import { join } from 'node:path';
import type { Output } from '../../../lib/rollout/contract.ts';
import type { Execution } from '../../../lib/simulation/executions.ts';
import type { Outcome } from '../../../lib/simulation/hosts/outcome.ts';
import type { SimulationOptions } from '../../../lib/simulation/options.ts';
import { Simulation } from '../../../lib/simulation/simulation.ts';

/** What `npm run synth` wrote: scenarios run the workflow as it was synthesised. */
export const assembly = join(__dirname, '../../../cdk.out');

/**
 * Runs a story in virtual time. In the end nothing may be left to happen, and no invariant may have been broken at any
 * time; a story that fails is told in full.
 */
export async function simulate(
  options: Partial<SimulationOptions>,
  story: (simulation: Simulation) => Promise<void>,
): Promise<void> {
  const simulation = await Simulation.start({ assembly, checksRights: true, ...options });
  try {
    await story(simulation);
    await simulation.rest();
    expect(simulation.violations).toEqual([]);
  } catch (error) {
    if (error instanceof Error) error.message += `\n\nThe story:\n${simulation.story}`;
    throw error;
  } finally {
    simulation.close();
  }
}

/** Deploys a new commit to the end; the commit. */
export async function deployed(simulation: Simulation): Promise<string> {
  const commit = simulation.push();
  expect(await simulation.ending(simulation.deploy())).toMatchObject({ status: 'SUCCEEDED' });
  return commit;
}

/** What an execution that ended well says. */
export async function outputOf(simulation: Simulation, execution: Execution): Promise<Output> {
  const ending = await simulation.ending(execution);
  if (ending.status !== 'SUCCEEDED') throw new Error(`the execution ended as ${JSON.stringify(ending)}`);
  return JSON.parse(ending.output) as Output;
}

/** What production serves now: each answering instance's commit of the primary repository. */
export function served({ truth, hosts }: Simulation): string[] {
  const groups = [...(truth.weights ?? [])].filter(([, weight]) => weight > 0).map(([group]) => group);
  return groups
    .flatMap((group) => truth.targets(group))
    .filter(({ state }) => state === 'healthy')
    .map(({ id }) => commitOf(hosts.serving(id)));
}

/** The recorded commit of the primary repository; undefined: never deployed. */
export function recorded({ truth }: Simulation): string | undefined {
  return truth.deployed && commitOf(truth.deployed.record.release);
}

/** Name of the fleet that the record names. */
export function live({ truth }: Simulation): string {
  return truth.deployed?.record.fleet ?? '';
}

/** Ids of the instances of a colour's fleet. */
export function instances({ truth }: Simulation, colour: 'blue' | 'green'): string[] {
  return truth
    .fleets()
    .filter(({ name }) => name.includes(`-${colour}-`))
    .flatMap(({ members }) => [...members.keys()]);
}

/** Instances whose outcome depends on the commit that they build; all others get ready. */
export function byCommit(outcomes: Map<string, Outcome>): Pick<SimulationOptions, 'fate'> {
  return {
    fate: (_, release) => ({ deploySeconds: 10, outcome: outcomes.get(commitOf(release)) ?? 'ready' }),
  };
}

function commitOf(release: Record<string, object> | undefined): string {
  const [site] = Object.values(release ?? {});
  return (site as { commit?: string } | undefined)?.commit ?? '';
}

/** For files of many stories: half of the time. Other stories make the same calls with their rights checked. */
export const quick = { checksRights: false } as const;

/** For files of many stories: without stack traces they take two thirds of the time. */
export function withoutStackTraces(): void {
  const { stackTraceLimit } = Error;
  beforeAll(() => {
    Error.stackTraceLimit = 0;
  });
  afterAll(() => {
    Error.stackTraceLimit = stackTraceLimit;
  });
}
