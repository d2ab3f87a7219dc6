import { exitCodes } from '../../lib/agent/exit-code.ts';
import { type ErrorName, errorNames } from '../../lib/release/errors.ts';
import { table } from './table.ts';

/** Page of the names of errors; their meaning is the first sentence of their entry in the runbook. */
export function errorsPage(runbook: string): string {
  return [
    '# Errors',
    '',
    'An error has the same name in the `Error` of an execution, in the report of an instance and in the output of the agent.',
    'The link leads to its entry in the runbook. `npm run docs` makes this page from `lib/release/errors.ts` and the runbook.',
    '',
    ...table(
      ['error', 'exit code of the agent', 'meaning'],
      errorNames.map((name) => [
        `[${name}](runbook.md#${name.toLowerCase()})`,
        String(exitCodeOf(name)),
        meaningIn(runbook, name),
      ]),
    ),
    '',
  ].join('\n');
}

function exitCodeOf(name: ErrorName): number {
  return exitCodes.find(({ errors }) => errors.includes(name))?.code ?? 1;
}

function meaningIn(runbook: string, name: ErrorName): string {
  const [, entry = ''] = runbook.split(`\n### ${name}\n`);
  const [, what = ''] = /\*\*What\.\*\*\s+([\s\S]*?\.)(?=\s)/.exec(entry) ?? [];
  if (what === '')
    throw new Error(`docs/runbook.md: found no entry for ${name}, expected "### ${name}" with **What.**`);
  return what.replace(/\s+/g, ' ');
}
