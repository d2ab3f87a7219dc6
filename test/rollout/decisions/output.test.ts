import { outputOf } from '../../../lib/rollout/decisions/output.ts';
import { recordOf } from '../../support/fleet/service.ts';

const times = { startedAt: '2026-11-22T10:00:00.000Z', now: Date.parse('2026-11-22T10:01:02.600Z') };
const journal = { service: 'web', deployment: 'd-2' };

test.each([
  ['d-2', 'deployed'],
  ['d-1', 'returned'],
])('the record of %s: %s', (deployment, result) => {
  const { release, fleet } = recordOf();
  const recorded = { record: recordOf({ deployment }), version: 7 };
  expect(outputOf(journal, recorded, times)).toEqual({
    service: 'web',
    release,
    version: 7,
    fleet,
    seconds: 63,
    result,
  });
});

test('a record without a fleet, as a host writes it', () => {
  const { fleet: _, ...record } = recordOf();
  expect(outputOf(journal, { record, version: 1 }, times)).not.toHaveProperty('fleet');
});
