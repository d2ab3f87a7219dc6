import { markdown, megabytes, ratio, seconds } from '../../bench/table.ts';

it('writes rows under a head, numbers to the right', () => {
  expect(markdown({ head: ['who', 'seconds'], rows: [['git', '1.42']] })).toBe(
    '| who | seconds |\n| --- | ---: |\n| git | 1.42 |',
  );
});

it('gives small times more digits', () => {
  expect(seconds(0.1234)).toBe('0.12');
  expect(seconds(12.34)).toBe('12.3');
});

it('gives a ratio with its spread', () => {
  expect(ratio({ median: 0.876, least: 0.8, most: 1 })).toBe('0.88 (0.80 to 1.00)');
});

it('gives bytes in megabytes', () => {
  expect(megabytes(82_400_000)).toBe('82 MB');
});
