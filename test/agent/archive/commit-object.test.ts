import { parseCommit } from '../../../lib/agent/archive/commit-object.ts';
import { idOf } from '../../../lib/agent/archive/git-objects.ts';

const tree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
const header = `tree ${tree}\nparent ${'a'.repeat(40)}\nauthor Ada L <ada@example.com> 1700000000 +0100\ncommitter Bob <> 5 +0000`;

function parsed(text: string) {
  const body = Buffer.from(text);
  return parseCommit(idOf('commit', body), body);
}

describe('a commit object', () => {
  it('tells its tree, and who, when and what', () => {
    expect(parsed(`${header}\n\nSay hello\n\nMore.\n`)).toEqual({
      tree,
      info: { author: 'Ada L', date: '2023-11-14T22:13:20.000Z', subject: 'Say hello' },
    });
  });

  it.each([
    ['\n\nOne\ntwo\n\nthree', 'One two'],
    ['\n\n\n\nLate\n', 'Late'],
    ['\n\n', ''],
    ['\ngpgsig -----BEGIN\n author x\n -----END\n\nSigned\n', 'Signed'],
  ])('has as its subject what git shows: %j', (message, subject) => {
    expect(parsed(header + message).info.subject).toBe(subject);
  });

  it('takes no word of the message for a header', () => {
    const { info, tree: found } = parsed(`${header}\n\nx\n\ntree ${'b'.repeat(40)}\nauthor Eve <> 1 +0000\n`);
    expect([found, info.author]).toEqual([tree, 'Ada L']);
  });

  it('may have an author without a name, and an impossible date', () => {
    const text = `tree ${tree}\nauthor <a@b> 999999999999999 +0000\n\nx`;
    expect(parsed(text).info).toMatchObject({ author: '', date: '1970-01-01T00:00:00.000Z' });
  });

  it('fails when it is not the commit, or names no tree', () => {
    expect(() => parseCommit('a'.repeat(40), Buffer.from(header))).toThrow('it holds commit ');
    expect(() => parsed('author Ada <> 1 +0000\n\nx')).toThrow('names no tree');
  });
});
