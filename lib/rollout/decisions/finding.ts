import type { ErrorName } from '../../release/errors.ts';
import type { Answer, Started } from '../contract.ts';

/** Result of a check: ready, or a sentence that says what is missing. */
export type Finding = { ready: true } | NotReady;
export interface NotReady {
  ready: false;
  because: string;
}

export const ready: Finding = { ready: true };

export function notReady(because: string): NotReady {
  return { ready: false, because };
}

/** Bounds of a wait that starts now. A check may move its end by `grace`. */
export function startWait(now: number, seconds: number, grace = 0): Started {
  return { deadline: iso(now + seconds * 1000), latest: iso(now + (seconds + grace) * 1000) };
}

/** Extends a wait to at least `seconds` from now, because more was started; never beyond its latest end. */
export function extendWait(wait: Started, now: number, seconds: number): Started {
  const wanted = Math.min(now + seconds * 1000, Date.parse(wait.latest));
  return { ...wait, deadline: iso(Math.max(wanted, Date.parse(wait.deadline))) };
}

/** A finding in the form that the Choice after the check reads. */
export function answerFor(
  finding: Finding,
  wait: Started,
  look: { now: number; poll: number; error: ErrorName },
): Answer {
  // From the second look on, `wait` is the former answer. Only its bounds may survive.
  const { deadline, latest } = wait;
  const bounds = { deadline, latest, error: look.error, poll: look.poll };
  if (finding.ready) return { outcome: 'ready', because: '', ...bounds };
  const outcome = look.now >= Date.parse(deadline) ? 'overdue' : 'waiting';
  return { outcome, because: finding.because, ...bounds };
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
