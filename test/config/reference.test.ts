import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configJsonSchema, configReference } from '../../lib/config/reference.ts';

const docs = join(__dirname, '../../docs');

it('docs/configuration.md is what the schema says; npm run docs writes it', () => {
  expect(readFileSync(join(docs, 'configuration.md'), 'utf8')).toBe(configReference());
});

it('docs/config.schema.json is what the schema says; npm run docs writes it', () => {
  expect(JSON.parse(readFileSync(join(docs, 'config.schema.json'), 'utf8'))).toEqual(configJsonSchema());
});

it('explains every key that is not explained by its own keys', () => {
  const bare = configReference()
    .split('\n')
    .filter((line) => line.startsWith('| `') && line.endsWith('|  |'))
    .map((line) => line.split('`')[1]);
  expect(bare).toEqual([]);
});
