import { section, verdictTable } from '../../bench/report.ts';
import { atMost } from '../../bench/result.ts';

const table = { head: ['a'], rows: [['1']] };

it('writes a measure as a section', () => {
  expect(section({ title: 'Update', method: 'Twice.', table })).toBe(
    '### Update\n\nTwice.\n\n| a |\n| --- |\n| 1 |',
  );
});

it('says below the table what else there is to say', () => {
  const text = section({ title: 'Update', method: 'Twice.', table, notes: ['cap is not installed'] });
  expect(text).toMatch(/\n\ncap is not installed\.$/);
});

it('shows a target that was missed', () => {
  const text = verdictTable([atMost('update', 2, 1.234), atMost('memory', 150, 151, 'MB')]);
  expect(text).toContain('| update | 2 x | 1.23 x | yes |');
  expect(text).toContain('| memory | 150 MB | 151 MB | **no** |');
});
