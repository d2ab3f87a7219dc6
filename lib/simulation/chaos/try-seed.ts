import * as fc from 'fast-check';
import { schedules } from './generators.ts';
import { type ChaosOptions, type Course, runSchedule } from './run-schedule.ts';
import { describeSchedule, type Schedule } from './schedule.ts';

/** A schedule that broke an invariant, shrunk as far as possible. */
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

/** Number of smaller schedules to try before giving up. */
const mostAttempts = 150;

/** Runs the schedule of a seed. If it breaks an invariant, looks for the smallest schedule that still does. */
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
  // No schedule ran to its end, which says nothing about the invariants.
  if (!first && errorInstance) throw errorInstance;
  const smallest = counterexample?.[0];
  return {
    injected: first?.injected ?? {},
    failure: first && smallest && (await describeTrouble(seed, smallest, first, options)),
  };
}

/**
 * Whether a run breaks the same invariant as the first one. A smaller schedule with another problem is another story.
 */
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
