/** Writes the pages in docs/ that are made from the code. `npm run docs`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedPages } from './pages/pages.ts';

const docs = join(import.meta.dirname, '../docs');
const runbook = readFileSync(join(docs, 'runbook.md'), 'utf8');
for (const [name, text] of Object.entries(generatedPages(runbook))) writeFileSync(join(docs, name), text);
