import { type Contestant, compete, timesOf, turns } from '../../bench/rounds.ts';

function recorder(name: string, seen: string[]): Contestant {
  return {
    name,
    prepare: async (round) => void seen.push(`${name} prepares ${round}`),
    run: async (round) => void seen.push(`${name} runs ${round}`),
    check: async (round) => void seen.push(`${name} is checked ${round}`),
  };
}

it('starts each round with another contestant', () => {
  expect(turns(['a', 'b', 'c'], 0)).toEqual(['a', 'b', 'c']);
  expect(turns(['a', 'b', 'c'], 1)).toEqual(['b', 'c', 'a']);
  expect(turns(['a', 'b', 'c'], 5)).toEqual(['c', 'a', 'b']);
  expect(turns([], 3)).toEqual([]);
});

it('interleaves contestants, each prepared and checked', async () => {
  const seen: string[] = [];
  await compete([recorder('a', seen), recorder('b', seen)], 1);
  expect(seen).toEqual([
    'a prepares 0',
    'a runs 0',
    'a is checked 0',
    'b prepares 0',
    'b runs 0',
    'b is checked 0',
    'b prepares 1',
    'b runs 1',
    'b is checked 1',
    'a prepares 1',
    'a runs 1',
    'a is checked 1',
  ]);
});

it('counts every round but the first', async () => {
  const times = await compete([recorder('a', []), recorder('b', [])], 3);
  expect(timesOf(times, 'a')).toHaveLength(3);
  expect(timesOf(times, 'b')).toHaveLength(3);
});

it('fails when a contestant did not do its job', async () => {
  const check = () => Promise.reject(new Error('two files differ'));
  await expect(compete([{ name: 'a', run: async () => undefined, check }], 1)).rejects.toThrow('differ');
});

it('names those that took part when another is asked for', () => {
  expect(() => timesOf({ a: [], b: [] }, 'c')).toThrow('c did not take part; these did: a, b');
});
