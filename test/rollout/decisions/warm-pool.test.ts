import { poolChange } from '../../../lib/rollout/decisions/warm-pool.ts';

const wanted = { min: 1, max: 4, state: 'stopped' } as const;
const present = { ...wanted, reuses: false, deleting: false };

test('a pool that is as wanted stays, and so does none', () => {
  expect(poolChange(present, wanted)).toBeUndefined();
  expect(poolChange(undefined, undefined)).toBeUndefined();
});

test.each([
  ['is missing', undefined],
  ['has another min', { ...present, min: 0 }],
  ['has another max', { ...present, max: 3 }],
  ['has no max', { min: 1, state: 'stopped', reuses: false, deleting: false }],
  ['keeps its instances running', { ...present, state: 'running' }],
  ['takes instances back on scale-in', { ...present, reuses: true }],
])('a pool that %s is put', (_, found) => {
  expect(poolChange(found, wanted)).toBe('put');
});

test('a pool that nobody wants goes, once', () => {
  expect(poolChange(present, undefined)).toBe('remove');
  expect(poolChange({ ...present, deleting: true }, undefined)).toBeUndefined();
});

test('a pool that is being deleted must be gone before there is another', () => {
  expect(poolChange({ ...present, deleting: true }, wanted)).toBe('wait');
});
