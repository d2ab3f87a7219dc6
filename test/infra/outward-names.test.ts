import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { outwardNames } from '../support/stack/outward-names.ts';

/** Written down once. A name that changes here is not found by what other versions, instances and people left behind. */
const pinned = JSON.parse(readFileSync(join(__dirname, '../fixtures/names.json'), 'utf8'));

test.each(Object.entries(outwardNames()))('names that leave the process stay: %s', (what, names) => {
  expect(names).toEqual(pinned[what]);
});

test('every pinned name is looked at', () => {
  expect(Object.keys(outwardNames()).toSorted()).toEqual(Object.keys(pinned).toSorted());
});
