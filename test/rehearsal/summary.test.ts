import { summary } from '../../lib/rehearsal/summary.ts';

it('sums up deployments and instances', () => {
  const text = summary(
    {
      deployments: [
        {
          commit: 'c1',
          result: 'deployed',
          steps: [
            { name: 'prepare', seconds: 0.5 },
            { name: 'check-health', seconds: 3.25 },
          ],
          requests: { total: 120, failed: 0 },
        },
        {
          commit: 'c2',
          result: 'refused',
          error: 'NotHealthy: x',
          steps: [],
          requests: { total: 60, failed: 1 },
        },
      ],
      instances: [{ id: 'i-1', colour: 'green', commit: 'c1' }],
    },
    (commit) => `release ${commit}`,
  );
  const rows = text.split('\n').map((row) => row.replace(/[│ ]+/g, ' ').trim());
  expect(rows).toContain('deployment result seconds requests failed slowest step');
  expect(rows).toContain('release c1 deployed 3.8 120 0 check-health 3.3');
  expect(rows).toContain('release c2 refused 0.0 60 1');
  expect(rows).toContain('i-1 green release c1');
});
