import { escapeSpecifiers, quoteArgument } from '../../../lib/agent/systemd/unit-text.ts';

describe('text in a unit file', () => {
  it('has "%" stand for itself', () => {
    expect(escapeSpecifiers('/srv/%h/100%')).toBe('/srv/%%h/100%%');
  });

  it.each([
    ['site.service', '"site.service"'],
    ['a b', '"a b"'],
    ['site@a\\x2db.service', '"site@a\\\\x2db.service"'],
    ['100%', '"100%%"'],
    ['$HOME', '"$$HOME"'],
    ['say "hi"', '"say \\"hi\\""'],
  ])('has %s be one argument', (text, quoted) => {
    expect(quoteArgument(text)).toBe(quoted);
  });
});
