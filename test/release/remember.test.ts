import { remember } from '../../lib/release/remember.ts';

function counted() {
  const parsed: string[] = [];
  const parse = remember((text: string, what: string): { of: { text: string } } => {
    if (text === '') throw new Error(`${what}: nothing`);
    parsed.push(text);
    return { of: { text } };
  });
  return { parse, parsed };
}

test('a text is parsed once', () => {
  const { parse, parsed } = counted();
  expect(parse('a', 'one')).toBe(parse('a', 'two'));
  expect(parse('b', 'one')).toEqual({ of: { text: 'b' } });
  expect(parsed).toEqual(['a', 'b']);
});

test('nobody can change what others get', () => {
  const value = counted().parse('a', 'one');
  expect(() => {
    value.of.text = 'other';
  }).toThrow(TypeError);
});

test('fails each time, with the subject of that time', () => {
  const { parse } = counted();
  expect(() => parse('', 'one')).toThrow('one: nothing');
  expect(() => parse('', 'two')).toThrow('two: nothing');
});

test('forgets the oldest of many', () => {
  const { parse, parsed } = counted();
  for (let count = 0; count <= 64; count += 1) parse(`text ${count}`, 'one');
  parse('text 64', 'one');
  expect(parsed).toHaveLength(65);
  parse('text 0', 'one');
  expect(parsed).toHaveLength(66);
});
