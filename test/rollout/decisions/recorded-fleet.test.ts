import { unusedPins } from '../../../lib/rollout/decisions/pinned-versions.ts';
import { recordedFleet } from '../../../lib/rollout/decisions/recorded-fleet.ts';
import { recordOf } from '../../support/fleet/service.ts';

const fleets = (...names: string[]) => names.map((name) => ({ name, deleting: false }));

test('finds the fleet that the record names', () => {
  expect(recordedFleet(recordOf(), fleets('x', 'live'), undefined)?.name).toBe('live');
  expect(recordedFleet(recordOf(), fleets('x'), undefined)).toBeUndefined();
  expect(recordedFleet(recordOf(), [{ name: 'live', deleting: true }], undefined)).toBeUndefined();
});

test('a record without a fleet means the one that is not the candidate', () => {
  const record = recordOf({ fleet: undefined });
  expect(recordedFleet(record, fleets('a', 'candidate'), 'candidate')?.name).toBe('a');
  expect(recordedFleet(record, fleets('candidate'), 'candidate')).toBeUndefined();
  expect(() => recordedFleet(record, fleets('a', 'b'), undefined)).toThrow('any of a, b could be it');
});

test('pinned versions that no fleet uses are found, those of stacks never', () => {
  const versions = [
    { version: 1, description: 'build-1' },
    { version: 2, description: 'pinned by d-1' },
    { version: 3, description: 'pinned by d-2' },
  ];
  expect(unusedPins(versions, [3, undefined])).toEqual([2]);
});
