import { growthChart, growthTable } from '../../bench/growth.ts';

const steps = [
  { size: 500, times: { own: [1, 1], git: [2, 2] } },
  { size: 5000, times: { own: [4, 4], git: [4, 4] } },
];

it('shows how two contestants grow', () => {
  expect(growthTable('files', steps, 'own', 'git')).toEqual({
    head: ['files', 'own, seconds', 'git, seconds', 'ratio'],
    rows: [
      ['500', '1.00', '2.00', '0.50 (0.50 to 0.50)'],
      ['5,000', '4.00', '4.00', '1.00 (1.00 to 1.00)'],
    ],
  });
});

it('draws them', () => {
  const lines = growthChart('update', 'files', steps, ['own']).split('\n');
  expect(lines).toContain('  x-axis "files" ["500", "5,000"]');
  expect(lines).toContain('  line "own" [1.00, 4.00]');
});
