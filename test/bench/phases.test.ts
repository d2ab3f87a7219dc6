import { phasesOf } from '../../bench/product/phases.ts';

const run = (fetch: number, checkout: number) => ({
  result: 'deployed',
  phases: [
    { name: 'fetch', seconds: fetch },
    { name: 'checkout', seconds: checkout },
  ],
});

it('gives the median of each phase', () => {
  expect(phasesOf([run(1, 0.1), run(3, 0.3), run(2, 0.2)])).toBe(
    'Phases of 3 runs, seconds: fetch 2.00, checkout 0.20',
  );
});

it('takes the phases of the last run: the first may have had more', () => {
  const first = { result: 'deployed', phases: [{ name: 'start', seconds: 1 }] };
  expect(phasesOf([first, run(1, 2)])).toBe('Phases of 2 runs, seconds: fetch 1.00, checkout 2.00');
});
