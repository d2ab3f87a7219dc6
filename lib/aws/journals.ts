import type { Journal } from '../rollout/journal.ts';

/** A journal with the entity tag that a conditional change needs. */
export interface HeldJournal {
  journal: Journal;
  etag: string;
}

/** The journals in the store bucket: one object per service, the lock and the write-ahead note of a deployment. */
export interface Journals {
  read(service: string): Promise<HeldJournal | undefined>;
  /** Writes when nothing stands there (`absent`) or still the entity tag; `undefined` when someone else was first. */
  write(journal: Journal, condition: { absent: true } | { etag: string }): Promise<HeldJournal | undefined>;
  /** Services that have a journal. */
  services(): Promise<string[]>;
}
