import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorNames } from '../../lib/release/errors.ts';

const runbook = readFileSync(join(__dirname, '../../docs/runbook.md'), 'utf8');
const entries = new Map(
  runbook
    .split(/^### /m)
    .slice(1)
    .map((entry) => [entry.split('\n', 1)[0]?.trim() ?? '', entry]),
);

it.each(errorNames)('the runbook says what %s is, where to look and what to do', (name) => {
  const entry = entries.get(name);
  for (const part of ['**What.**', '**Look.**', '**Do.**']) expect(entry).toContain(part);
});
