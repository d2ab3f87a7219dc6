import type { NormalizedSchema } from '@smithy/core/schema';
import { fromText, isScalar } from './scalar.ts';

/** Parameters as a tree: `A.member.1.B=x` stands at A, member, 1, B. */
interface Node {
  value: string | undefined;
  children: Map<string, Node>;
}

/** How list items and members are named: EC2 leaves out `member` and has names of its own. */
export type Flavour = 'query' | 'ec2';

/** Traits that rename a member. */
interface Names {
  xmlName?: string;
  ec2QueryName?: string;
}

/** Reads the form of a query request by the schema of its input. */
export function decodeForm(form: string, input: NormalizedSchema, flavour: Flavour): object {
  return (decode(input, tree(form), flavour) as object | undefined) ?? {};
}

export function formValue(form: string, name: string): string {
  return new URLSearchParams(form).get(name) ?? '';
}

function tree(form: string): Node {
  const root: Node = { value: undefined, children: new Map() };
  for (const [key, value] of new URLSearchParams(form)) {
    let node = root;
    for (const part of key.split('.')) node = child(node, part);
    node.value = value;
  }
  return root;
}

function child(node: Node, part: string): Node {
  const known = node.children.get(part) ?? { value: undefined, children: new Map() };
  node.children.set(part, known);
  return known;
}

function decode(schema: NormalizedSchema, node: Node | undefined, flavour: Flavour): unknown {
  if (!node || schema.isUnitSchema()) return undefined;
  if (schema.isListSchema()) return decodeList(schema, node, flavour);
  if (schema.isMapSchema()) return decodeMap(schema, node, flavour);
  if (schema.isStructSchema()) return decodeStruct(schema, node, flavour);
  if (!isScalar(schema) || node.value === undefined) return undefined;
  return fromText(schema, node.value);
}

function decodeStruct(schema: NormalizedSchema, node: Node, flavour: Flavour): object {
  const entries: [string, unknown][] = [];
  for (const [name, member] of schema.structIterator()) {
    const value = decode(member, node.children.get(memberKey(name, member, flavour)), flavour);
    if (value !== undefined) entries.push([name, value]);
  }
  return Object.fromEntries(entries);
}

function decodeList(schema: NormalizedSchema, node: Node, flavour: Flavour): unknown[] {
  const item = schema.getValueSchema();
  const flat = flavour === 'ec2' || schema.getMergedTraits().xmlFlattened;
  const holder = flat ? node : node.children.get(item.getMergedTraits().xmlName ?? 'member');
  return inNumberOrder(holder).map((each) => decode(item, each, flavour));
}

function decodeMap(schema: NormalizedSchema, node: Node, flavour: Flavour): object {
  const holder = schema.getMergedTraits().xmlFlattened ? node : node.children.get('entry');
  const entries = inNumberOrder(holder).map((each) => [
    each.children.get(schema.getKeySchema().getMergedTraits().xmlName ?? 'key')?.value ?? '',
    decode(
      schema.getValueSchema(),
      each.children.get(schema.getValueSchema().getMergedTraits().xmlName ?? 'value'),
      flavour,
    ),
  ]);
  return Object.fromEntries(entries);
}

/** Children `1`, `2`, ... in their order. */
function inNumberOrder(node: Node | undefined): Node[] {
  return [...(node?.children ?? [])]
    .filter(([key]) => /^\d+$/.test(key))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, each]) => each);
}

function memberKey(name: string, member: NormalizedSchema, flavour: Flavour): string {
  const { xmlName = name, ec2QueryName } = member.getMergedTraits() as Names;
  return flavour === 'query' ? xmlName : (ec2QueryName ?? xmlName.charAt(0).toUpperCase() + xmlName.slice(1));
}
