import { invariantMeanings } from '../../lib/simulation/invariants/meanings.ts';
import { table } from './table.ts';

/** Page of the invariants of the simulation. */
export function invariantsPage(): string {
  return [
    '# Invariants',
    '',
    'Every [simulation](simulation.md) asks these after everything that changes something; `rest` and `warm pools` also when',
    'nothing is left to happen. A story fails when one does not hold. `npm run docs` makes this page from',
    '`lib/simulation/invariants/meanings.ts`.',
    '',
    ...table(
      ['invariant', 'statement'],
      Object.entries(invariantMeanings).map(([name, meaning]) => [name, meaning]),
    ),
    '',
  ].join('\n');
}
