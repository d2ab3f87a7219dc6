import { allPages, call, callUnless, inPartsOf } from '../../lib/aws/call.ts';

const refusal = Object.assign(new Error('no'), { name: 'Refused' });

test('a refusal says what was asked and keeps its cause', async () => {
  await expect(call('could not read x', () => Promise.reject(refusal))).rejects.toMatchObject({
    name: 'AwsFailed',
    message: 'could not read x: Refused: no',
    cause: refusal,
  });
});

test('a named error is an answer, every other one is not', async () => {
  expect(await callUnless(['Refused'], 'x', () => Promise.reject(refusal))).toBeUndefined();
  await expect(callUnless(['Other'], 'x', () => Promise.reject(refusal))).rejects.toThrow('x: Refused: no');
});

test('a list is followed to its last page', async () => {
  const pages = new Map([
    [undefined, { items: [1, 2], next: 'a' }],
    ['a', { items: undefined, next: 'b' }],
    ['b', { items: [3], next: undefined }],
  ]);
  expect(await allPages(async (token) => pages.get(token) ?? { items: [], next: undefined })).toEqual([
    1, 2, 3,
  ]);
});

test('a list falls into parts', () => {
  expect(inPartsOf(2, [1, 2, 3])).toEqual([[1, 2], [3]]);
  expect(inPartsOf(2, [])).toEqual([]);
});
