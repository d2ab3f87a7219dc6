import type { Execution } from '../../lib/simulation/executions.ts';
import type { Outcome } from '../../lib/simulation/hosts/outcome.ts';
import type { Simulation } from '../../lib/simulation/simulation.ts';
import {
  byCommit,
  deployed,
  quick,
  recorded,
  served,
  simulate,
  withoutStackTraces,
} from '../support/story/simulate.ts';
import { states } from '../support/story/states.ts';
import { sample } from '../support/suite/sample.ts';

withoutStackTraces();

type Course = keyof typeof states;
type Begin = (simulation: Simulation, outcomes: Map<string, Outcome>) => Promise<Execution>;

/** Begins the execution that each course is about. */
const begin: Record<Course, Begin> = {
  async 'first deployment'(simulation) {
    simulation.push();
    return simulation.deploy();
  },
  async 'later deployment'(simulation) {
    await deployed(simulation);
    simulation.push();
    return simulation.deploy();
  },
  async 'overdue deployment'(simulation, outcomes) {
    await deployed(simulation);
    outcomes.set(simulation.push(), 'hangs');
    return simulation.deploy();
  },
  async 'settle machine'(simulation) {
    await deployed(simulation);
    simulation.push();
    const abandoned = simulation.deploy();
    await simulation.done(abandoned, 'shift');
    simulation.abort(abandoned);
    return simulation.settle('by-hand');
  },
};

/** Tells of a course: `at` hears of every state of its execution when it is entered for the first time. */
async function follow(
  course: Course,
  at: (simulation: Simulation, execution: Execution, state: string) => void,
  end: (simulation: Simulation, execution: Execution) => Promise<void>,
): Promise<void> {
  const outcomes = new Map<string, Outcome>();
  await simulate({ ...quick, ...byCommit(outcomes) }, async (simulation) => {
    const execution = await begin[course](simulation, outcomes);
    const seen = new Set<string>();
    simulation.executions.entered = ({ info }, state) => {
      if (info.arn !== execution.info.arn || seen.has(state)) return;
      seen.add(state);
      at(simulation, execution, state);
    };
    await simulation.ending(execution);
    await end(simulation, execution);
  });
}

const courses = Object.keys(states) as Course[];

test.each(courses)('the stories below stop the %s at each state but its last', async (course) => {
  const entered: string[] = [];
  await follow(
    course,
    (_simulation, _execution, state) => entered.push(state),
    async () => undefined,
  );
  expect(entered.slice(0, -1)).toEqual(states[course]);
});

/** Commits that may be recorded after a stop: `record` may be through when it is stopped. */
function possible(course: Course, state: string, [old, now]: [string | undefined, string]) {
  if (course === 'overdue deployment' || course === 'settle machine') return [old];
  const [at, record] = [state, 'record'].map((each) => states[course].indexOf(each)) as [number, number];
  if (at === record) return [old, now];
  return at < record ? [old] : [now];
}

/** A Choice or a Pass takes no time: stopped there, it is the state after it that may have begun. */
const instant = /\?$|^start$|^overdue$|^settled$/;
const stops = courses.flatMap((course) =>
  states[course].filter((state) => !instant.test(state)).map((state): [Course, string] => [course, state]),
);

test.each(sample(stops, 1 / 10))(
  '%s stopped at %s: all traffic is on what is recorded, nothing is left over',
  async (course, state) => {
    let old: string | undefined;
    await follow(
      course,
      (simulation, execution, entered) => {
        old ??= recorded(simulation);
        if (entered === state) simulation.abort(execution);
      },
      async (simulation, execution) => {
        expect(execution.ending?.status).toBe('ABORTED');
        await simulation.rest();
        const now = recorded(simulation);
        const pushed = simulation.git.tip({ url: primary(simulation) }, 'main');
        expect(possible(course, state, [old, (await pushed) ?? ''])).toContain(now);
        expect(served(simulation)).toEqual(now === undefined ? [] : [now, now]);
      },
    );
  },
);

function primary({ truth }: Simulation): string {
  const { site } = truth.settings.repositories;
  return site && 'url' in site ? site.url : '';
}
