import * as z from 'zod';
import { type SchemaNode, schemaTable } from '../../lib/config/schema-table.ts';

/** Rows of a schema without the head. */
function rows(schema: z.ZodType): string[] {
  return schemaTable(z.toJSONSchema(schema, { io: 'input' }) as SchemaNode).slice(2);
}

const described = (text: string) => z.string().meta({ description: text });

it('shows ranges and lengths where the schema has them, and no bounds that are none', () => {
  const schema = z.strictObject({
    port: z.int().min(1).max(10),
    count: z.int(),
    least: z.int().min(3),
    name: z.string().max(20),
    text: z.string().min(1),
    names: z.array(z.string()).min(2).max(6),
  });
  expect(rows(schema)).toEqual([
    '| `port` | integer (1 to 10) | yes |  |',
    '| `count` | integer | yes |  |',
    '| `least` | integer (3 or more) | yes |  |',
    '| `name` | string (up to 20 characters) | yes |  |',
    '| `text` | string | yes |  |',
    '| `names` | list (2 to 6) of string | yes |  |',
  ]);
});

it('shows keys inside of lists and of objects with free names', () => {
  const entry = z.strictObject({ url: described('Where.') });
  expect(rows(z.strictObject({ list: z.array(entry), map: z.record(z.string(), entry).optional() }))).toEqual(
    [
      '| `list` | list of object | yes |  |',
      '| `list[].url` | string | yes | Where. |',
      '| `map` | object by name |  |  |',
      '| `map.NAME.url` | string | yes | Where. |',
    ],
  );
});

it('shows alternatives as such: what marks one, what goes with it, what all share', () => {
  const shared = z.string().optional();
  const schema = z.union([
    z.strictObject({ id: described('Fixed.'), zones: z.string(), note: shared }),
    z.strictObject({ create: described('New.'), size: z.int().optional(), note: shared }),
  ]);
  expect(rows(z.strictObject({ vpc: schema }))).toEqual([
    '| `vpc` | object | yes |  |',
    '| `vpc.id` | string | one of these | Fixed. |',
    '| `vpc.zones` | string | with `id` |  |',
    '| `vpc.note` | string |  |  |',
    '| `vpc.create` | string | one of these | New. |',
    '| `vpc.size` | integer | may go with `create` |  |',
  ]);
});

it('marks alternatives by a key with one value', () => {
  const tool = (name: string) => z.strictObject({ tool: z.literal(name), folder: z.string().optional() });
  const plain = z.strictObject({ tool: z.literal('plain'), line: z.string() });
  expect(rows(z.union([tool('one'), tool('two'), plain]))).toEqual([
    '| `tool` | `"one"` | one of these |  |',
    "| `folder` | string | may go with `tool: 'one'` or `tool: 'two'` |  |",
    '| `tool` | `"two"` | one of these |  |',
    '| `tool` | `"plain"` | one of these |  |',
    "| `line` | string | with `tool: 'plain'` |  |",
  ]);
});
