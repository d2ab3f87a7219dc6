/** Writes the pages in docs/ that are made from the schema. `npm run docs`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configJsonSchema, configReference } from '../lib/config/reference.ts';

const docs = join(import.meta.dirname, '../docs');
writeFileSync(join(docs, 'configuration.md'), configReference());
writeFileSync(join(docs, 'config.schema.json'), `${JSON.stringify(configJsonSchema(), undefined, 2)}\n`);
