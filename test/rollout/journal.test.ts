import {
  closedJournal,
  describeOwner,
  formatJournal,
  isAlive,
  openedJournal,
  parseJournal,
  takeOverJournal,
} from '../../lib/rollout/journal.ts';
import { journalOf, recordOf } from '../support/fleet/service.ts';

const now = Date.parse('2026-11-22T10:00:00.000Z');
const taker = { service: 'web', execution: 'e-3', deployment: 'd-3', kind: 'deployment', by: 'ada' } as const;

test('a journal comes back as it was written', () => {
  const journal = journalOf({ commit: { record: recordOf() }, settling: '2026-11-22T10:00:00.000Z' });
  expect(parseJournal(formatJournal(journal, 'j'), 'j')).toEqual(journal);
});

test('refuses garbage by name', () => {
  expect(() => parseJournal('{}', 'journal/web.json')).toThrow(/journal\/web\.json: .*service/);
  expect(() => parseJournal('{', 'journal/web.json')).toThrow('not JSON');
});

test('a newly opened journal keeps only the version that its reader must see', () => {
  const journal = openedJournal(
    taker,
    closedJournal(journalOf({ deployed: 7, commit: { record: recordOf() } })),
    now,
  );
  expect(journal).toEqual({
    schema: 1,
    ...taker,
    origin: 'e-3',
    state: 'open',
    phase: 'rollout',
    since: '2026-11-22T10:00:00.000Z',
    step: 'prepare',
    deployed: 7,
  });
  expect(openedJournal(taker, undefined, now).deployed).toBeUndefined();
  expect(openedJournal({ ...taker, kind: 'settle' }, undefined, now)).toMatchObject({ phase: 'settle' });
});

test('a journal taken over keeps candidate, commit and origin, and its time begins anew', () => {
  const stale = journalOf({ commit: { record: recordOf() }, settling: '2026-11-22T08:00:00.000Z' });
  const taken = takeOverJournal(stale, 'e-9', now);
  expect(taken).toMatchObject({
    execution: 'e-9',
    taken: stale.execution,
    origin: stale.origin,
    candidate: stale.candidate,
    commit: stale.commit,
    kind: 'settle',
    phase: 'settle',
  });
  expect(taken.settling).toBeUndefined();
});

test.each([
  ['RUNNING', 3600, true],
  ['FAILED', 0, false],
  ['SUCCEEDED', 0, false],
  [undefined, 599, true],
  [undefined, 600, false],
] as const)('an owner whose execution is %s after %i s is alive: %s', (status, seconds, alive) => {
  expect(isAlive({ since: new Date(now - seconds * 1000).toISOString() }, status, now)).toBe(alive);
});

test('an owner fits into a sentence', () => {
  expect(describeOwner(journalOf())).toBe('deployment d-2 of ci, since 2026-11-22T09:59:00.000Z (prepare)');
  expect(describeOwner(journalOf({ kind: 'settle' }))).toContain('the settling of deployment d-2');
});
