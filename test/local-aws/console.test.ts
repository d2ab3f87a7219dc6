import { Console } from '../../lib/local-aws/console.ts';

it('keeps the last 64 KB', () => {
  const console = new Console();
  console.write(Buffer.from('first '));
  console.write('x'.repeat(65_530));
  expect(console.text.startsWith('first ')).toBe(true);
  console.write('last');
  expect(console.text).toHaveLength(65_536);
  expect(console.text.endsWith('xlast')).toBe(true);
});

it('knows the last words before the end', () => {
  const console = new Console();
  console.write('one\ntwo\nuser-data ended with 1\n');
  expect(console.lastWords).toBe('two');
  expect(new Console().lastWords).toBe('');
});
