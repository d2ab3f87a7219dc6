import { comparison, medianRatio } from '../../bench/compare.ts';

const times = { git: [1, 2, 3], own: [2, 2, 3] };

it('shows what part of each reference every contestant took', () => {
  expect(comparison(times, ['git'])).toEqual({
    head: ['', 'seconds', 'of git'],
    rows: [
      ['git', '2.00', '1'],
      ['own', '2.00', '1.00 (1.00 to 2.00)'],
    ],
  });
});

it('leaves out a reference that could not take part', () => {
  expect(comparison(times, ['git', 'cap']).head).toEqual(['', 'seconds', 'of git']);
});

it('gives the median of the ratios', () => {
  expect(medianRatio(times, 'own', 'git')).toBe(1);
});
