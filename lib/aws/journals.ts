import { storeKeys } from '../config/resource-names.ts';
import { formatJournal, type Journal, parseJournal } from '../rollout/journal.ts';
import type { Condition, Objects } from './objects.ts';

/** A journal with the entity tag for conditional changes. */
export interface HeldJournal {
  journal: Journal;
  etag: string;
}

/** Journals in the store bucket: one object per service, both the lock and the write-ahead note of a deployment. */
export interface Journals {
  read(service: string): Promise<HeldJournal | undefined>;
  /**
   * Writes if nothing is there (`absent`) or the entity tag still matches; `undefined` when someone else was faster.
   */
  write(journal: Journal, condition: Condition): Promise<HeldJournal | undefined>;
  /** Services that have a journal. */
  services(): Promise<string[]>;
}

/** Journals in the store bucket. */
export function storedJournals(objects: Objects): Journals {
  return {
    async read(service) {
      const key = storeKeys.journal(service);
      const found = await objects.get(key);
      return found && { journal: parseJournal(found.body, key), etag: found.etag };
    },

    async write(journal, condition) {
      const key = storeKeys.journal(journal.service);
      const written = await objects.put(key, formatJournal(journal, key), condition);
      return written && { journal, etag: written.etag };
    },

    async services() {
      const keys = await objects.list(storeKeys.journals);
      return keys
        .filter((key) => key.endsWith('.json'))
        .map((key) => key.slice(storeKeys.journals.length, -'.json'.length));
    },
  };
}
