import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventMeanings } from '../../lib/agent/host/events.ts';
import { invariants } from '../../lib/simulation/invariants/all.ts';
import type { Scene } from '../../lib/simulation/invariants/invariant.ts';
import { invariantMeanings } from '../../lib/simulation/invariants/meanings.ts';
import { errorsPage } from '../../scripts/pages/errors.ts';
import { generatedPages } from '../../scripts/pages/pages.ts';

const read = (name: string) => readFileSync(join(__dirname, '../../docs', name), 'utf8');
const runbook = read('runbook.md');
const pages = generatedPages(runbook);

it.each(Object.keys(pages))('docs/%s is what the code says; npm run docs writes it', (name) => {
  expect(read(name)).toBe(pages[name]);
});

it('explains every setting of the agent', () => {
  const [, settings = ''] = (pages['agent-reference.md'] ?? '').split('## Settings');
  const rows = settings.split('\n').filter((line) => line.startsWith('| `'));
  expect(rows.length).toBeGreaterThan(50);
  expect(rows.filter((line) => line.endsWith('|  |'))).toEqual([]);
});

it('names every invariant that simulations hold', () => {
  const scene = { truth: {} } as Scene;
  expect(invariants.map((make) => make(scene).name).toSorted()).toEqual(
    Object.keys(invariantMeanings).toSorted(),
  );
});

it('refuses an error without an entry in the runbook', () => {
  expect(() => errorsPage(runbook.replace('### GitFailed', '### Git'))).toThrow(
    'found no entry for GitFailed',
  );
});

it('the list of events has the names that people and other versions know', () => {
  expect(Object.keys(eventMeanings).toSorted()).toEqual([
    'already recorded',
    'archive',
    'configuration',
    'failed',
    'going back',
    'identity',
    'launch hook',
    'leaving',
    'metadata',
    'no journal',
    'no systemd',
    'phase',
    'recorded',
    'release',
    'stage',
    'switched',
    'terminate hook',
    'trying again',
    'units',
    'values',
    'waiting',
    'warning',
  ]);
});
