import type { Violation } from '../invariant-checker.ts';
import type { SimulationOptions } from '../options.ts';
import { Simulation } from '../simulation.ts';
import { perform } from './actions.ts';
import { Counter } from './counter.ts';
import { inject } from './inject.ts';
import { progressProblem } from './progress.ts';
import type { Schedule } from './schedule.ts';
import type { ChaosRun } from './stage.ts';

/** Options for running schedules. */
export interface ChaosOptions {
  /** Folder of the cloud assembly. */
  assembly: string;
  /** Steps that are broken on purpose. Default: none. */
  steps?: SimulationOptions['steps'];
}

/** Result of one schedule. */
export interface Course {
  violations: readonly Pick<Violation, 'invariant' | 'what'>[];
  /** Number of injections by kind. */
  injected: Readonly<Record<string, number>>;
  story: string;
}

/** Runs a schedule until nothing is left to happen. `story` records it, which takes time. */
export async function runSchedule(schedule: Schedule, options: ChaosOptions, story = false): Promise<Course> {
  const tally = new Counter();
  const outcomes: ChaosRun['outcomes'] = new Map();
  const simulation = await Simulation.start({ ...settingsOf(schedule, outcomes, tally), ...options, story });
  const course = (violations: Course['violations']) => ({
    violations,
    injected: tally.counts,
    story: simulation.story.toString(),
  });
  try {
    inject(simulation, schedule.faults, tally);
    loseEvents(simulation, schedule.losesEvents, tally);
    for (const act of schedule.acts) await perform({ simulation, outcomes }, act, tally);
    simulation.git.isDown = false;
    await simulation.rest();
    const what = progressProblem(schedule, simulation.executions.all());
    return course([
      ...simulation.violations,
      ...(what === undefined ? [] : [{ invariant: 'progress', what }]),
    ]);
  } catch (error) {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return course([...simulation.violations, { invariant: 'no crash', what }]);
  } finally {
    simulation.close();
  }
}

function settingsOf(
  schedule: Schedule,
  outcomes: ChaosRun['outcomes'],
  tally: Counter,
): Omit<Partial<SimulationOptions>, 'assembly'> {
  const { seed, service, capacity, bootSeconds, transitMilliseconds, flaws } = schedule;
  let launches = 0;
  return {
    seed,
    service,
    settings: (given) => ({ ...given, capacity }),
    timing: { ruleLag: 10_000, templateLag: seed % 3 === 0 ? 5_000 : 0 },
    bootSeconds: () => 5 + Math.floor(Math.random() * bootSeconds),
    transitMilliseconds: () => transitMilliseconds,
    fate: (_, release) => {
      const flaw = flaws.find(({ launch }) => launch === launches);
      launches += 1;
      if (flaw) tally.add(`instance ${flaw.outcome}`);
      const deploySeconds = 3 + Math.floor(Math.random() * 20);
      return { deploySeconds, outcome: flaw?.outcome ?? outcomes.get(commitOf(release)) ?? 'ready' };
    },
  };
}

/** Commit of the first repository, to which stories push. */
function commitOf(release: object): string {
  const [first] = Object.values(release);
  return (first as { commit?: string } | undefined)?.commit ?? '';
}

function loseEvents({ world }: Simulation, oneIn: number, tally: Counter): void {
  if (oneIn === 0) return;
  let count = 0;
  world.events.lose = () => {
    count += 1;
    if (count % oneIn !== 0) return false;
    tally.add('event lost');
    return true;
  };
}
