/** A JSON Schema node, as far as the tables of the reference pages read it. */
export interface SchemaNode {
  type?: string;
  format?: string;
  description?: string;
  properties?: Record<string, SchemaNode>;
  additionalProperties?: SchemaNode | boolean;
  items?: SchemaNode;
  anyOf?: SchemaNode[];
  /** As `anyOf`, where a key tells the alternatives apart. */
  oneOf?: SchemaNode[];
  required?: string[];
  enum?: unknown[];
  const?: unknown;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
}

/** One key: its path, its schema, and whether it is needed. */
interface Row {
  path: string;
  node: SchemaNode;
  needed: string;
}

/** A table of every key below a schema, keys inside of lists and of alternatives too. */
export function schemaTable(schema: SchemaNode): string[] {
  return [
    '| key | type | needed | meaning |',
    '|---|---|---|---|',
    ...rowsBelow(schema, '').map(
      ({ path, node, needed }) =>
        `| \`${path}\` | ${typeOf(node)} | ${needed} | ${(node.description ?? '').replaceAll('|', '\\|')} |`,
    ),
  ];
}

function rowsBelow(node: SchemaNode, path: string): Row[] {
  const { properties = {}, required = [], additionalProperties, items } = node;
  const alternatives = node.anyOf ?? node.oneOf;
  const own = Object.entries(properties).flatMap(([key, child]) =>
    rowsOfKey({ path: join(path, key), node: child, needed: required.includes(key) ? 'yes' : '' }),
  );
  const named =
    typeof additionalProperties === 'object' ? rowsBelow(additionalProperties, `${path}.NAME`) : [];
  return [
    ...own,
    ...named,
    ...(items ? rowsBelow(items, `${path}[]`) : []),
    ...(alternatives ? alternativeRows(alternatives, path) : []),
  ];
}

function rowsOfKey(row: Row): Row[] {
  return [row, ...rowsBelow(row.node, row.path)];
}

/** A key of some of the alternatives of an object. */
interface Choice {
  key: string;
  child: SchemaNode;
  isNeeded: boolean;
  /** The key that tells its alternative from the others. */
  isMark: boolean;
  /** What marks the alternatives that have it in this very form. */
  marks: string[];
}

function alternativeRows(alternatives: readonly SchemaNode[], path: string): Row[] {
  return choicesOf(alternatives).flatMap((choice) =>
    rowsOfKey({
      path: join(path, choice.key),
      node: choice.child,
      needed: choice.isMark ? 'one of these' : neededText(choice, alternatives.length),
    }),
  );
}

/** Keys of all alternatives; one that several of them have in the same form stands there once. */
function choicesOf(alternatives: readonly SchemaNode[]): Choice[] {
  const choices = new Map<string, Choice>();
  for (const alternative of alternatives) {
    const mark = markOf(alternative, alternatives);
    for (const [key, child] of Object.entries(alternative.properties ?? {})) {
      const isNeeded = alternative.required?.includes(key) ?? false;
      const id = JSON.stringify([key, child, isNeeded]);
      const choice = choices.get(id) ?? { key, child, isNeeded, isMark: key === mark.key, marks: [] };
      choice.marks.push(mark.text);
      choices.set(id, choice);
    }
  }
  return [...choices.values()];
}

function neededText({ isNeeded, marks }: Choice, alternatives: number): string {
  if (marks.length === alternatives) return isNeeded ? 'yes' : '';
  return `${isNeeded ? 'with' : 'may go with'} ${marks.join(' or ')}`;
}

/** What tells an alternative from the others: a key with one value, else a key that it needs and not all others have. */
function markOf(
  { properties = {}, required = [] }: SchemaNode,
  alternatives: readonly SchemaNode[],
): { key: string; text: string } {
  const constant = Object.entries(properties).find(([, child]) => typeof child.const === 'string');
  if (constant) return { key: constant[0], text: `\`${constant[0]}: '${constant[1].const}'\`` };
  const key = required.find((name) => !alternatives.every((each) => name in (each.properties ?? {}))) ?? '';
  return { key, text: `\`${key}\`` };
}

function typeOf(node: SchemaNode): string {
  if (node.const !== undefined) return `\`${JSON.stringify(node.const)}\``;
  if (node.enum) return node.enum.map((value) => `\`${value}\``).join(', ');
  const alternatives = node.anyOf ?? node.oneOf;
  if (alternatives) return [...new Set(alternatives.map(typeOf))].join(' or ');
  if (node.type === 'array')
    return `list${range(node.minItems, node.maxItems)} of ${typeOf(node.items ?? {})}`;
  if (node.type === 'object' && typeof node.additionalProperties === 'object')
    return `${typeOf(node.additionalProperties)} by name`;
  if (node.type === 'string') return `string${range(node.minLength, node.maxLength, ' characters')}`;
  return `${node.type ?? 'any'}${range(node.minimum, node.maximum)}`;
}

/** Bounds in words. The largest whole number that JavaScript holds exactly is none. */
function range(least?: number, most?: number, unit = ''): string {
  const from = isBound(least) ? least : undefined;
  if (isBound(most)) return from === undefined ? ` (up to ${most}${unit})` : ` (${from} to ${most}${unit})`;
  // A text of no character is no text: nobody needs to be told.
  return from === undefined || (unit !== '' && from === 1) ? '' : ` (${from} or more${unit})`;
}

function isBound(bound: number | undefined): bound is number {
  return bound !== undefined && Math.abs(bound) !== Number.MAX_SAFE_INTEGER;
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
