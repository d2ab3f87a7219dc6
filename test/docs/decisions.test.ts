import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, '../../docs/decisions');
const notes = readdirSync(folder).filter((name) => name !== 'README.md');
const index = readFileSync(join(folder, 'README.md'), 'utf8');

it.each(notes)('%s has its date, a status, and the same status in the index', (name) => {
  const date = name.slice(0, 10);
  const text = readFileSync(join(folder, name), 'utf8');
  const [, status] = new RegExp(`^# .+\n\n${date}\\. Status: (in force|replaced)[ ;.]`).exec(text) ?? [];
  expect(status).toBeDefined();
  const row = index.split('\n').find((line) => line.includes(`(${name})`));
  expect(row).toMatch(new RegExp(`\\| ${status} \\|$`));
});
