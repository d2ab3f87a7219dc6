import { driftOf, settleName } from '../../../lib/rollout/decisions/sweep.ts';
import { journalOf } from '../../support/fleet/service.ts';

const now = Date.parse('2026-11-22T10:00:00.000Z');
const group = { name: 'live', min: 2, max: 4, desired: 3 };
const resting = {
  recorded: { name: 'live', group },
  others: [],
  capacity: { min: 2, max: 4 },
  policiesDiffer: false,
};

test('a settle has one name for an owner and a window of time', () => {
  const name = settleName(journalOf(), now);
  expect(name).toMatch(/^settle-web-[0-9a-f]{12}-\d+$/);
  expect(name.length).toBeLessThanOrEqual(80);
  expect(settleName(journalOf(), now + 60_000)).toBe(name);
  expect(settleName(journalOf(), now + 300_000)).not.toBe(name);
  expect(settleName(journalOf({ execution: 'other' }), now)).not.toBe(name);
});

test('failed settles of a service share their name within a window', () => {
  const names = ['s-1', 's-2'].map((execution) => settleName(journalOf({ kind: 'settle', execution }), now));
  expect(new Set(names).size).toBe(1);
});

test('reality that is the record needs no settling', () => {
  expect(driftOf(resting)).toBeUndefined();
  expect(driftOf({ ...resting, recorded: undefined })).toBeUndefined();
});

test.each([
  [{ others: [group] }, 'fleets without a record'],
  [{ recorded: { name: 'live', group: undefined } }, 'is gone'],
  [{ capacity: { min: 3, max: 4 } }, 'other sizes'],
  [{ policiesDiffer: true }, 'other scaling targets'],
  [{ poolDiffers: true }, 'another warm pool'],
])('settles on %j', (changes, reason) => {
  expect(driftOf({ ...resting, ...changes })).toContain(reason);
});
