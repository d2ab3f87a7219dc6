import { deflateSync } from 'node:zlib';
import { content, isBinary } from '../../../bench/repository/content.ts';

it('writes the same bytes every time', () => {
  expect(content(7, 3, 5000)).toEqual(content(7, 3, 5000));
  expect(content(7, 3, 5000)).toHaveLength(5000);
});

it('changes one line from edition to edition', () => {
  const lines = (edition: number) => content(7, edition, 5000).toString('latin1').split('\n');
  const first = lines(0);
  const kept = lines(1).filter((line) => first.includes(line));
  expect(lines(1)).not.toEqual(first);
  expect(kept.length).toBeGreaterThan(first.length * 0.9);
});

it('writes text that compresses and pictures that do not', () => {
  const part = (file: number) => deflateSync(content(file, 0, 50_000)).length / 50_000;
  expect(isBinary(3)).toBe(false);
  expect(part(3)).toBeLessThan(0.6);
  expect(isBinary(4)).toBe(true);
  expect(part(4)).toBeGreaterThan(0.99);
});
