import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const adapters = join(__dirname, '../../lib/aws');

/** Files that ask AWS, but are no adapter of their own: adapters ask through them. */
const parts = ['launch-failures.ts', 'tagged.ts'];

test('each adapter of lib/aws is asked for its opinion', () => {
  const asked = readFileSync(join(__dirname, 'adapters.ts'), 'utf8');
  const asking = readdirSync(adapters).filter((file) =>
    readFileSync(join(adapters, file), 'utf8').includes('client.send('),
  );
  expect(asking).toContain('parameters.ts');
  expect(asking.filter((file) => !asked.includes(`lib/aws/${file}'`))).toEqual(parts);
});
