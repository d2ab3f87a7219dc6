import * as fc from 'fast-check';
import { schedules } from './generators.ts';
import { type Course, carryOut, type TortureOptions } from './run-schedule.ts';
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
export async function trySeed(
  seed: number,
  options: TortureOptions,
  attempts = mostAttempts,
): Promise<Trial> {
  let first: Course | undefined;
  let left = attempts;
  const property = fc.asyncProperty(schedules, async (schedule) => {
    if (first && left-- <= 0) return;
    const course = await carryOut(schedule, options);
    first ??= course;
    if (isSameTrouble(course, first)) throw new Error('broken');
  });
  const { counterexample } = await fc.check(property, { seed, numRuns: 1 });
  const smallest = counterexample?.[0];
  return {
    injected: first?.injected ?? {},
    failure: first && smallest && (await told(seed, smallest, first, options)),
  };
}

/** Whether a course breaks what the first one broke: a smaller schedule with another trouble is another story. */
function isSameTrouble(course: Course, first: Course): boolean {
  return course.violations.some(({ invariant }) => brokenBy(first).includes(invariant));
}

function brokenBy({ violations }: Course): string[] {
  return violations.map(({ invariant }) => invariant);
}

async function told(
  seed: number,
  schedule: Schedule,
  first: Course,
  options: TortureOptions,
): Promise<Failure> {
  const { violations, story } = await carryOut(schedule, options, true);
  const broken = violations.map(({ invariant, what }) => `${invariant}: ${what}`);
  const text = [
    `seed ${seed} breaks ${broken.join('; ')}`,
    'the smallest schedule found:',
    describeSchedule(schedule),
    'the story:',
    story,
  ].join('\n');
  return { seed, invariants: brokenBy(first), text };
}
