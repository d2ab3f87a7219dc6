import { storeKeys, tags } from '../../../lib/config/resource-names.ts';
import { parseReport } from '../../../lib/release/report.ts';
import { bootstrap } from '../../../lib/simulation/hosts/bootstrap.ts';
import type { ScriptedOutcome } from '../../../lib/simulation/hosts/outcome.ts';
import { launched, record, recordName, settings, settingsName } from '../../support/story/instance.ts';
import { type Known, known } from '../../support/story/instance-context.ts';

/** Boots an instance to its end; what it did, and how long it took. */
async function boot(fate: ScriptedOutcome, change: (known: Known) => void = () => undefined) {
  const all = known();
  all.parameters.set(settingsName, JSON.stringify(settings));
  all.parameters.set(recordName, JSON.stringify(record));
  change(all);
  const events: string[] = [];
  const begun = all.clock.now();
  await all.clock.until(
    bootstrap({
      instance: launched,
      context: all.context,
      fate: () => fate,
      started: () => events.push('started'),
      dies: () => events.push('dies'),
    }),
  );
  const body = all.objects.get(storeKeys.report(settings.service, settings.roleId, launched.id));
  const seconds = (all.clock.now() - begun) / 1000;
  return { ...all, events, seconds, report: body === undefined ? undefined : parseReport(body, 'report') };
}

test('a ready instance starts its release, reports it and goes into service', async () => {
  const { events, report, hook, seconds } = await boot({ deploySeconds: 10, outcome: 'ready' });
  expect(events).toEqual(['started']);
  expect(report).toMatchObject({
    result: 'ready',
    instance: launched.id,
    record: launched.tags[tags.record],
    settings: launched.tags[tags.settings],
    deployment: 'd-1',
    colour: 'blue',
    release: record.release,
    phases: [{ name: 'deploy', seconds: 10 }],
  });
  expect(hook).toEqual(['CONTINUE']);
  expect(seconds).toBe(10);
});

test('a slow one keeps the launch hook waiting', async () => {
  const { hook } = await boot({ deploySeconds: 200, outcome: 'ready' });
  expect(hook).toEqual(['heartbeat', 'heartbeat', 'CONTINUE']);
});

test.each([
  ['never healthy', 'NotHealthy', false],
  ['command fails', 'CommandFailed', false],
  ['breaks', 'BootstrapFailed', true],
] as const)(
  'one with the outcome "%s" reports %s and abandons the launch',
  async (outcome, name, retryable) => {
    const { report, hook, events } = await boot({ deploySeconds: 10, outcome });
    expect(report).toMatchObject({ result: 'failed', error: { name, retryable } });
    expect(hook.at(-1)).toBe('ABANDON');
    expect(events).toEqual([]);
  },
);

test.each([
  ['dies', ['dies']],
  ['hangs', []],
] as const)('one that %s says nothing any more', async (outcome, expected) => {
  const { report, hook, events } = await boot({ deploySeconds: 10, outcome });
  expect(report).toBeUndefined();
  expect(hook).toEqual([]);
  expect(events).toEqual(expected);
});

test('one whose commit nobody has proven asks git, and refuses what is on no branch', async () => {
  const unproven = (all: Known) =>
    all.parameters.set(recordName, JSON.stringify({ ...record, verified: false }));
  const { report } = await boot({ deploySeconds: 10, outcome: 'ready' }, unproven);
  expect(report).toMatchObject({ result: 'failed', error: { name: 'UnknownCommit', retryable: false } });
});
