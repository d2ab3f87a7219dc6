import * as z from 'zod';
import { configSchema } from './schema.ts';

/** A JSON Schema node, as far as the reference page reads it. */
interface Node {
  $ref?: string;
  type?: string;
  description?: string;
  properties?: Record<string, Node>;
  additionalProperties?: Node | boolean;
  propertyNames?: Node;
  items?: Node;
  anyOf?: Node[];
  /** As `anyOf`, where a key tells the alternatives apart. */
  oneOf?: Node[];
  required?: string[];
  enum?: unknown[];
  const?: unknown;
}

/** JSON Schema of the configuration file, as a person writes it. */
export function configJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>;
}

/** Reference page of the configuration file, in Markdown. */
export function configReference(): string {
  const rows = rowsOf(configJsonSchema() as Node, '');
  return [
    '# Configuration reference',
    '',
    'Every key of `holdfast.config.ts`. This page and `config.schema.json` are made from the schema by `npm run docs`.',
    '',
    '| key | type | required | meaning |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function rowsOf(node: Node, path: string): string[] {
  const properties = Object.entries(node.properties ?? {}).flatMap(([key, child]) =>
    rowsOfKey(child, path === '' ? key : `${path}.${key}`, node.required?.includes(key) ?? false),
  );
  const alternatives = (alternativesOf(node) ?? []).flatMap((each) => rowsOf(each, path));
  const named =
    typeof node.additionalProperties === 'object' ? rowsOf(node.additionalProperties, `${path}.NAME`) : [];
  return [...new Set([...properties, ...alternatives, ...named])];
}

function alternativesOf({ anyOf, oneOf }: Node): Node[] | undefined {
  return anyOf ?? oneOf;
}

function rowsOfKey(node: Node, path: string, required: boolean): string[] {
  const row = `| \`${path}\` | ${typeOf(node)} | ${required ? 'yes' : ''} | ${(node.description ?? '').replaceAll('|', '\\|')} |`;
  return [row, ...rowsOf(node, path)];
}

function typeOf(node: Node): string {
  if (node.const !== undefined) return `\`${JSON.stringify(node.const)}\``;
  if (node.enum) return node.enum.map((value) => `\`${value}\``).join(', ');
  const alternatives = alternativesOf(node);
  if (alternatives) return [...new Set(alternatives.map(typeOf))].join(' or ');
  if (node.type === 'array') return `list of ${typeOf(node.items ?? {})}`;
  if (node.type === 'object' && typeof node.additionalProperties === 'object')
    return `${typeOf(node.additionalProperties)} by name`;
  return node.type ?? 'any';
}
