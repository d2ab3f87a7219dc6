import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { appOf, templatesOf } from '../support/stack/example.ts';

const headings = [
  ...readFileSync(resolve(__dirname, '../../docs/runbook.md'), 'utf8').matchAll(/^#+ (.+)$/gm),
].map((match) => (match[1] as string).toLowerCase().replaceAll(' ', '-'));

describe('every alarm', () => {
  const alarms = Object.values(templatesOf(appOf()))
    .flatMap(({ Resources }) => Object.values(Resources))
    .filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm')
    .map(({ Properties }) => Properties as { AlarmName: string; AlarmDescription: string });

  test('and a failed image build, which is told without an alarm', () => {
    expect(headings).toContain('image-build-failed');
  });

  test.each(alarms.map(({ AlarmName, AlarmDescription }) => [AlarmName, AlarmDescription] as const))(
    'leads to an entry of the runbook: %s',
    (_, description) => {
      const [, entry] = /Runbook: docs\/runbook\.md#([a-z-]+)$/.exec(description) ?? [];
      expect(headings).toContain(entry);
    },
  );
});
