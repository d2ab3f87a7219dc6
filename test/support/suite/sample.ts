import { createHash } from 'node:crypto';
import { isFull, seed } from './seed.ts';

/**
 * A part of a long matrix, another one each day, in the order of the whole. All of it runs by `npm run test:full`.
 * `share`: of the cases, between 0 and 1; at least one case is taken.
 */
export function sample<Case>(cases: readonly Case[], share: number): Case[] {
  return isFull ? [...cases] : sampleBy(seed, cases, share);
}

/** `it` of a long matrix that is written out. */
export interface Daily {
  (name: string, body: () => Promise<void>, timeout?: number): void;
  each: jest.Each;
}

/** Runs the cases that are drawn for the day, each with the chance `share`; the others are skipped. In full all run. */
export function daily(share: number): Daily {
  const each = (rows: readonly unknown[]) => it.each(sample(rows, share));
  const drawn = (name: string, body: () => Promise<void>, timeout?: number) =>
    (isFull || isDrawn(seed, name, share) ? it : it.skip)(name, body, timeout);
  return Object.assign(drawn, { each: each as jest.Each });
}

/** Whether a case belongs to the share of a seed. */
export function isDrawn(by: string, name: string, share: number): boolean {
  const digest = createHash('sha256').update(`${by} ${name}`).digest();
  return digest.readUInt32BE() < share * 2 ** 32;
}

/** Takes the cases whose digests come first: each case has the same chance with every seed. */
export function sampleBy<Case>(by: string, cases: readonly Case[], share: number): Case[] {
  const digests = cases.map((_, index) => createHash('sha256').update(`${by} ${index}`).digest('hex'));
  const last = digests.toSorted()[Math.max(1, Math.ceil(cases.length * share)) - 1] ?? '';
  return cases.filter((_, index) => (digests[index] ?? '') <= last);
}

/** The numbers of a course of unknown length that are tried: every fifth, beginning at another one each day; all in full. */
export const course = isFull
  ? { first: 1, step: 1 }
  : { first: sampleBy(seed, [1, 2, 3, 4, 5], 1 / 5)[0] ?? 1, step: 5 };
