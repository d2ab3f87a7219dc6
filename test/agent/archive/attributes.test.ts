import { changesFiles } from '../../../lib/agent/archive/attributes.ts';

describe('attributes', () => {
  it.each([
    '*.txt eol=crlf',
    '* text=auto eol=crlf',
    '*.c ident',
    '*.c -ident',
    '*.bin filter=lfs diff=lfs merge=lfs -text',
    '[attr]big filter=lfs',
    '"a b" working-tree-encoding=UTF-16LE-BOM',
    '  * !filter',
    '"a.txt"eol=crlf',
    '"a.txt"ident',
    '"a.txt"working-tree-encoding=UTF-16',
    '* eol=crlf\0',
    '* ident\0 # the rest does not count',
    '*\tident',
    // Git knows no comment behind these, and takes them for a pattern.
    '\f# ident',
    '\v# eol=crlf',
    '\u00a0# filter=x',
  ])('may change files on checkout: %s', (line) => {
    expect(changesFiles(`* text=auto\n${line}\r\n`)).toBe(line.trim());
  });

  it.each([
    '* text=auto eol=lf',
    '*.png binary',
    '*.sh text eol=lf',
    '# *.txt eol=crlf',
    'docs/** export-ignore',
    'version export-subst',
    'ident',
    '*.x diff=filter linguist-generated',
    '',
  ])('leave files as git keeps them: %s', (line) => {
    expect(changesFiles(`${line}\n`)).toBeUndefined();
  });
});
