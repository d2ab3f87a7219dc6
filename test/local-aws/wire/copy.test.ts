import { copyOf } from '../../../lib/local-aws/wire/copy.ts';

test('a copy shares no object and no list with the original', () => {
  const original = {
    a: [{ b: 1 }, 'c'],
    d: { e: undefined, f: null },
    at: new Date(0),
    bytes: Buffer.from('x'),
  };
  const copy = copyOf(original);
  expect(copy).toEqual(original);
  expect(Object.keys(copy.d)).toEqual(['e', 'f']);
  expect(copy.a).not.toBe(original.a);
  expect(copy.a[0]).not.toBe(original.a[0]);
  expect(copy.d).not.toBe(original.d);
});
