import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pages, root } from '../support/docs/pages.ts';

const columns = 120;

/** Lines outside of tables and code that are too long, unless one word alone is. */
function wideLines(text: string): string[] {
  const prose = text.replace(/^```[\s\S]*?^```/gm, '');
  return prose
    .split('\n')
    .filter((line) => [...line].length > columns && !line.startsWith('|') && !/^\S+$/.test(line.trim()))
    .filter((line) => !/^\s*(?:[-*] )?\[[^\]]*\]\([^)]*\)$/.test(line));
}

it.each(pages)('%s is wrapped at 120 columns', (page) => {
  expect(wideLines(readFileSync(join(root, page), 'utf8'))).toEqual([]);
});

it('finds a line that is too wide', () => {
  expect(wideLines(`${'word '.repeat(30)}\n\n| ${'cell '.repeat(30)}|\n`)).toHaveLength(1);
});

/** Paths of the repository that a page names in code: a folder of the root, then the path; `<step>` and `*` stand for any name. */
function pathsIn(text: string): string[] {
  const named = text.matchAll(/`((?:lib|lambda|bin|scripts|test|bench|userdata|examples|docs)\/[\w./-]*)`/g);
  return [...new Set([...named].map(([, path = '']) => path))];
}

const timeless = pages.filter((page) => !page.startsWith('docs/decisions/') && page !== 'CHANGELOG.md');

it.each(timeless)('every path that %s names is there', (page) => {
  const missing = pathsIn(readFileSync(join(root, page), 'utf8')).filter((path) => !isThere(path));
  expect(missing).toEqual([]);
});

function isThere(path: string): boolean {
  return existsSync(join(root, path));
}

const { scripts }: { scripts: Record<string, string> } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
);

it.each(timeless)('every npm script that %s names is there', (page) => {
  const text = readFileSync(join(root, page), 'utf8');
  const named = [...text.matchAll(/npm run (?:--silent )?([a-z][a-z:-]*)/g)].map(([, name = '']) => name);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
