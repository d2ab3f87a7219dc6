import type { CommitInfo } from '../../release/commit-info.ts';
import { type HoldfastError, messageOf, nameOf } from '../../release/errors.ts';
import type { Release } from '../../release/release.ts';
import type { Phase } from '../../release/report.ts';

/** Results of a run, with their meanings. The names are stable; docs/agent-reference.md lists them. */
export const resultMeanings = {
  deployed: 'A release was applied and is current.',
  unchanged: 'There was nothing to do.',
  restarted: 'The current release was started again: it was not healthy, or the machine has booted since.',
  refreshed: 'A refresh has changed something.',
  baked: 'The machine is ready to become an image.',
  left: 'The instance has done all that it does before it ends.',
  'not-recorded': 'A release was deployed and stays, but someone else changed the record meanwhile.',
  failed: 'The run failed: see `error`.',
} as const;
export type Result = keyof typeof resultMeanings;

/** The last line on stdout. */
export interface Summary {
  result: Result;
  release: Release;
  phases: Phase[];
  /** By repository: author, date and subject. */
  commits?: Record<string, CommitInfo>;
  error?: { name: string; message: string };
}

/** Events of a run, with their meanings. The names are stable; docs/agent-reference.md lists them. */
export const eventMeanings = {
  phase: 'One timed part of the work has ended: `name`, `repository` where it belongs to one, `seconds`.',
  warning: 'Something to know about that stops nothing: `message`. The report of a bootstrap carries it too.',
  waiting: 'Another run of the agent holds the lock of the machine: `for`.',
  'trying again': 'A try failed and another one follows: `because`, `seconds` until then.',
  stage: 'A stage of a bootstrap begins: `name`.',
  identity: 'The instance knows who it is: `minionId`, `record`, `settings`.',
  metadata:
    'The metadata service was kept for root: `by` nftables or systemd, the `users` who may ask it, those who are `missing`.',
  values: 'The environment of the service was written: the `names` of the values, never the values.',
  release: 'The release to apply was read: `parameter`, `release`.',
  configuration: 'A configuration on a branch goes to its tip: `repository`, `branch`, `commit`.',
  archive:
    'An archive of a commit was taken, not used, or kept: `repository`, `commit`, `result`, `because`.',
  switched: 'A repository has a new current release: `repository`, `release`.',
  'going back': 'The new release failed, and the previous one runs again: `because`, `to`.',
  recorded: 'Manual mode has written the record: `parameter`, `release`.',
  'already recorded': 'Manual mode has found this very release in the record: `parameter`, `release`.',
  units: 'Units of systemd were written or removed: `changed`, `removed`.',
  'no systemd': 'The machine has no systemd, so nothing is watched, refreshed or drained: `because`.',
  'no journal': 'The machine has no journal, so no log is shipped: `because`.',
  'launch hook': 'The launch hook was completed: `result`, and whether the instance `waited` in it.',
  leaving: 'The instance is about to end: `reason`.',
  'terminate hook': 'The terminate hook was completed: `result`, and whether the instance `waited` in it.',
  failed: 'A part of the work failed: `part`, `error` with `name` and `message`.',
} as const;
export type EventName = keyof typeof eventMeanings;

/** Progress of a run, one JSON object a line. */
export class Events {
  readonly phases: Phase[] = [];
  /** All warnings so far. */
  readonly warnings: string[] = [];
  /** The release that is being applied, once it is known. */
  aim: Release = {};
  readonly #write: (line: string) => void;

  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  /** Writes an event. */
  tell(event: EventName, details: Record<string, unknown> = {}): void {
    this.#line({ at: new Date().toISOString(), event, ...details });
  }

  warn(message: string, details: Record<string, unknown> = {}): void {
    this.warnings.push(message);
    this.tell('warning', { ...details, message });
  }

  /** Runs one part of the work and notes its duration, even if it fails. */
  async phase<T>(name: string, repository: string | undefined, work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    const of = repository === undefined ? {} : { repository };
    try {
      return await work();
    } finally {
      const phase = { name, ...of, seconds: secondsSince(start) };
      this.phases.push(phase);
      this.tell('phase', { ...phase });
    }
  }

  /** Writes the last line. */
  summary(summary: Omit<Summary, 'phases'>): void {
    this.#line({ ...summary, phases: this.phases });
  }

  #line(value: object): void {
    this.#write(`${JSON.stringify(value)}\n`);
  }
}

/** Seconds with three decimals. */
export function secondsSince(start: number): number {
  return Math.round(performance.now() - start) / 1000;
}

/** Name and message of anything thrown, for summaries and reports. */
export function errorOf(error: unknown): { name: HoldfastError['name']; message: string } {
  return { name: nameOf(error, 'BootstrapFailed'), message: messageOf(error) };
}
