import * as z from 'zod';
import { commands } from '../../lib/agent/commands.ts';
import { exitCodes } from '../../lib/agent/exit-code.ts';
import { eventMeanings, resultMeanings } from '../../lib/agent/host/events.ts';
import { agentSettingsSchema } from '../../lib/config/agent-settings.ts';
import { type SchemaNode, schemaTable } from '../../lib/config/schema-table.ts';
import { errorNames } from '../../lib/release/errors.ts';
import { table } from './table.ts';

const code = (text: string) => `\`${text}\``;

/** Reference of the agent: what it is called with, and what it answers. */
export function agentReference(): string {
  const sections = {
    Commands: commandTable(),
    Settings: settingsTable(),
    'Exit codes': exitCodeTable(),
    Results: ['Of the last line on stdout, `result`.', '', ...meaningTable('result', resultMeanings)],
    Events: [
      'Of every other line on stdout, `event`; each has `at`.',
      '',
      ...meaningTable('event', eventMeanings),
    ],
  };
  return [
    '# Reference of the agent',
    '',
    '`npm run docs` makes this page from the code. [The agent](agent.md) says how these belong together.',
    ...Object.entries(sections).flatMap(([title, lines]) => ['', `## ${title}`, '', ...lines]),
    '',
  ].join('\n');
}

function commandTable(): string[] {
  const deploy = [
    '`deploy`',
    '`--settings FILE`',
    'Applies the recorded release (`--auto`), or decides one, applies it and records it.',
  ];
  const rows = Object.entries(commands).map(([name, { reads, description }]) => [
    code(name),
    code(`--${reads} FILE`),
    description,
  ]);
  return table(['command', 'reads', 'purpose'], [deploy, ...rows]);
}

function settingsTable(): string[] {
  const schema = z.toJSONSchema(agentSettingsSchema, { io: 'input', unrepresentable: 'any' });
  return [
    'Keys of the file that `--settings` names. A bootstrap writes it to `/etc/holdfast/agent.json`. The columns are those of',
    'the [configuration](configuration.md).',
    '',
    ...schemaTable(schema as SchemaNode),
  ];
}

function exitCodeTable(): string[] {
  const coded = exitCodes.flatMap(({ errors }) => errors);
  const others = errorNames.filter((name) => !coded.includes(name));
  const rows = exitCodes.map(({ code: exit, meaning, errors }) => [String(exit), meaning, errors.join(', ')]);
  return table(
    ['code', 'meaning', 'error'],
    [['0', 'Done, or nothing to do.', ''], ['1', 'Anything else.', others.join(', ')], ...rows],
  );
}

function meaningTable(head: string, meanings: Readonly<Record<string, string>>): string[] {
  return table(
    [head, 'meaning'],
    Object.entries(meanings).map(([name, meaning]) => [code(name), meaning]),
  );
}
