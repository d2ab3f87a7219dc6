import * as z from 'zod';
import { parseSettings } from '../../lib/config/settings.ts';
import { formatRecord, parseRecord } from '../../lib/release/record.ts';
import { parseReport } from '../../lib/release/report.ts';
import { checkStored } from '../../lib/release/stored.ts';
import { closedJournal, formatJournal, parseJournal } from '../../lib/rollout/journal.ts';
import { commits, journalOf, recordOf, reportOf, settingsOf } from '../support/fleet/service.ts';

const schema = z.strictObject({
  name: z.string(),
  size: z.int().default(1),
  parts: z.array(z.strictObject({ id: z.int() })).default([]),
  entry: z.union([z.strictObject({ url: z.string() }), z.strictObject({ file: z.string() })]).optional(),
});
const read = (value: unknown) => checkStored(schema, value, 'thing');

describe('a stored value', () => {
  test.each<[string, object]>([
    ['at the top', { name: 'a', size: 2, parts: [], later: { deep: [1] } }],
    ['inside', { name: 'a', size: 2, parts: [{ id: 1 }, { id: 2, later: true }] }],
    ['in one of several alternatives', { name: 'a', size: 2, parts: [], entry: { file: 'x', later: 1 } }],
    ['in two places', { name: 'a', size: 2, parts: [{ id: 1, later: null }], later: 1 }],
  ])('keeps unknown keys %s', (_, value) => {
    expect(read(value)).toEqual(value);
  });

  test('gets its defaults beside them', () => {
    expect(read({ name: 'a', later: 1 })).toEqual({ name: 'a', size: 1, parts: [], later: 1 });
  });

  test.each<[string, unknown, string]>([
    ['a wrong value', { name: 1 }, 'thing: name: found 1'],
    ['a wrong value beside an unknown key', { name: 1, later: 1 }, 'name: found 1'],
    ['a missing key', { later: 1 }, 'name: found nothing'],
    ['keys of two alternatives', { name: 'a', entry: { url: 'x', file: 'y' } }, 'thing: entry: unknown key'],
    ['another kind of value', [], 'thing: found []'],
    ['a prototype', JSON.parse('{ "name": "a", "later": { "__proto__": 1 } }'), 'unknown key "__proto__"'],
  ])('refuses %s', (_, value, message) => {
    expect(() => read(value)).toThrow(message);
  });
});

describe('what a later version wrote', () => {
  const later = { later: { of: 'another version' } };
  const read = <T>(parse: (text: string, what: string) => T, value: object) =>
    parse(JSON.stringify(value), 'it');

  test('is read: records, journals, reports and settings', () => {
    const record = {
      ...recordOf(),
      ...later,
      release: { site: { branch: 'main', commit: commits.old, ...later } },
    };
    expect(read(parseRecord, record)).toEqual(record);
    const journal = { ...journalOf({ commit: { record, published: 2 } }), ...later };
    expect(read(parseJournal, journal)).toEqual(journal);
    const report = { ...reportOf('i-1'), ...later };
    expect(read(parseReport, report)).toEqual(report);
    const { rollout, ...settings } = settingsOf();
    const ahead = { ...settings, rollout: { ...rollout, ...later }, ...later };
    expect(read(parseSettings, ahead)).toEqual(ahead);
  });

  test('goes back with what this version writes', () => {
    const record = { ...recordOf(), ...later };
    expect(JSON.parse(formatRecord(record, 'it'))).toEqual(record);
    const journal = read(parseJournal, { ...journalOf(), ...later });
    expect(JSON.parse(formatJournal(closedJournal(journal), 'it'))).toMatchObject({
      state: 'closed',
      ...later,
    });
  });
});
