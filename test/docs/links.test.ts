import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { anchorsOf, pages, root } from '../support/docs/pages.ts';

/** Links of a page to files of the repository: target and anchor. */
function linksOf(page: string): { target: string; anchor: string }[] {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(/\]\(([^)#\s]*)(?:#([^)\s]*))?\)/g)]
    .map(([, target = '', anchor = '']) => ({ target, anchor }))
    .filter(({ target }) => !/^[a-z]+:/.test(target));
}

function isBroken(page: string, target: string, anchor: string): boolean {
  const path = target === '' ? join(root, page) : join(root, dirname(page), target);
  if (!existsSync(path)) return true;
  return anchor !== '' && !anchorsOf(readFileSync(path, 'utf8')).includes(anchor);
}

it.each(pages)('every link of %s leads to a file and a heading', (page) => {
  const broken = linksOf(page).filter(({ target, anchor }) => isBroken(page, target, anchor));
  expect(broken).toEqual([]);
});

it('finds a link that leads nowhere', () => {
  expect(isBroken('docs/README.md', 'nowhere.md', '')).toBe(true);
  expect(isBroken('docs/README.md', 'state.md', 'nowhere')).toBe(true);
  expect(isBroken('docs/README.md', 'state.md', 'the-journal')).toBe(false);
});

it('every page of docs/ can be reached from its index', () => {
  const index = linksOf('docs/README.md').map(({ target }) => relative('', join('docs', target)));
  const decisions = linksOf('docs/decisions/README.md').map(({ target }) => join('docs/decisions', target));
  const inDocs = pages.filter((page) => page.startsWith('docs/') && page !== 'docs/README.md');
  expect(inDocs.filter((page) => ![...index, ...decisions].includes(page))).toEqual([]);
});
