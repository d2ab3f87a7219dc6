import type { CommitInfo } from '../../release/commit-info.ts';
import { type HoldfastError, messageOf, nameOf } from '../../release/errors.ts';
import type { Release } from '../../release/release.ts';
import type { Phase } from '../../release/report.ts';

/** Result of a run. `not-recorded`: the deployment stays although someone else changed the record. */
export type Result =
  | 'deployed'
  | 'unchanged'
  | 'restarted'
  | 'refreshed'
  | 'baked'
  | 'left'
  | 'not-recorded'
  | 'failed';

/** The last line on stdout. */
export interface Summary {
  result: Result;
  release: Release;
  phases: Phase[];
  /** By repository. */
  commits?: Record<string, CommitInfo>;
  error?: { name: string; message: string };
}

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
  tell(event: string, details: Record<string, unknown> = {}): void {
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
