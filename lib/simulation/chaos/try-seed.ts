import * as fc from 'fast-check';
import { schedules } from './generators.ts';
import { type ChaosOptions, type Course, runSchedule } from './run-schedule.ts';
import { describeSchedule, type Schedule } from './schedule.ts';

/** A schedule that broke an invariant, made as small as it could be. */
export interface Failure {
  seed: number;
  invariants: string[];
  /** The smallest schedule and its story, for people. */
  text: string;
}

export interface Trial {
  injected: Readonly<Record<string, number>>;
  failure: Failure | undefined;
}

/** Smaller schedules that are tried before the smallest so far is told. */
const mostAttempts = 150;

/** Carries out the schedule of a seed. When it breaks an invariant, looks for the smallest one that still does. */
export async function trySeed(seed: number, options: ChaosOptions, attempts = mostAttempts): Promise<Trial> {
  let first: Course | undefined;
  let left = attempts;
  const property = fc.asyncProperty(schedules, async (schedule) => {
    if (first && left-- <= 0) return;
    const course = await runSchedule(schedule, options);
    first ??= course;
    if (isSameTrouble(course, first)) throw new Error('broken');
  });
  const { counterexample, errorInstance } = await fc.check(property, { seed, numRuns: 1 });
  // Nothing was carried out to its end: that says nothing about the invariants.
  if (!first && errorInstance) throw errorInstance;
  const smallest = counterexample?.[0];
  return {
    injected: first?.injected ?? {},
    failure: first && smallest && (await describeTrouble(seed, smallest, first, options)),
  };
}

/** Whether a course breaks what the first one broke: a smaller schedule with another trouble is another story. */
function isSameTrouble(course: Course, first: Course): boolean {
  return course.violations.some(({ invariant }) => troubleOf(first).includes(invariant));
}

function troubleOf({ violations }: Course): string[] {
  return violations.map(({ invariant }) => invariant);
}

async function describeTrouble(
  seed: number,
  schedule: Schedule,
  first: Course,
  options: ChaosOptions,
): Promise<Failure> {
  const { violations, story } = await runSchedule(schedule, options, true);
  const broken = violations.map(({ invariant, what }) => `${invariant}: ${what}`);
  const text = [
    `seed ${seed} breaks ${broken.join('; ')}`,
    'the smallest schedule found:',
    describeSchedule(schedule),
    'the story:',
    story,
  ].join('\n');
  return { seed, invariants: troubleOf(first), text };
}
