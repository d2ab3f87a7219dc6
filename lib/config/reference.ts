import * as z from 'zod';
import { configSchema } from './schema.ts';
import { type SchemaNode, schemaTable } from './schema-table.ts';

/** JSON Schema of the configuration file, as a person writes it. */
export function configJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>;
}

/** Reference page of the configuration file, in Markdown. */
export function configReference(): string {
  const { environment, service } = parts(configJsonSchema());
  return [
    '# Configuration reference',
    '',
    'Every key of `holdfast.config.ts`. `npm run docs` makes this page and `config.schema.json` from the schema.',
    '',
    '- `NAME` stands for a name that you choose, `[]` for each entry of a list.',
    '- *one of these*: give exactly one of the keys that say so at this place.',
    '- *with X*: needed where X is given; *may go with X*: optional there, refused elsewhere.',
    '',
    '## An environment',
    '',
    'Keys of `environments.NAME`. The name is part of every name in AWS.',
    '',
    ...schemaTable(environment),
    '',
    '## A service',
    '',
    'Keys of `environments.NAME.services.NAME`.',
    '',
    ...schemaTable(service),
    '',
  ].join('\n');
}

/** The schemas of an environment without its services, and of a service. */
function parts(schema: SchemaNode): { environment: SchemaNode; service: SchemaNode } {
  const environment = schemaOfValues(schema.properties?.environments);
  const { services, ...properties } = environment.properties ?? {};
  return { environment: { ...environment, properties }, service: schemaOfValues(services) };
}

/** The schema of the values of an object with free names. */
function schemaOfValues(node: SchemaNode | undefined): SchemaNode {
  return typeof node?.additionalProperties === 'object' ? node.additionalProperties : {};
}
