import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const page = readFileSync(join(__dirname, '../../docs/reliability.md'), 'utf8');
const [, scenarios = ''] = page.split('## Scenarios');
const files = readdirSync(join(__dirname, '../scenarios')).map((file) => file.replace(/\.test\.ts$/, ''));

it.each(files)('docs/reliability.md has a row for the scenario %s', (name) => {
  const [table = ''] = scenarios.split('\n## ');
  expect(table).toContain(`\`${name}\``);
});
