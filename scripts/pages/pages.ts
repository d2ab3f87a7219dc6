import { configJsonSchema, configReference } from '../../lib/config/reference.ts';
import { agentReference } from './agent-reference.ts';
import { errorsPage } from './errors.ts';
import { invariantsPage } from './invariants.ts';

/** Pages that are made from the code, by their names in docs/. `runbook` is the text of docs/runbook.md. */
export function generatedPages(runbook: string): Record<string, string> {
  return {
    'configuration.md': configReference(),
    'config.schema.json': `${JSON.stringify(configJsonSchema(), undefined, 2)}\n`,
    'agent-reference.md': agentReference(),
    'errors.md': errorsPage(runbook),
    'invariants.md': invariantsPage(),
  };
}
