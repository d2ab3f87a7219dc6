import { branchProblem, branchSchema, commitSchema, keySchema } from '../../lib/release/identifiers.ts';

describe('branch', () => {
  it.each(['main', 'feature/x', 'release-1.2', 'a@b', 'ünïcode', 'x{y}'])('takes %j', (name) => {
    expect(branchProblem(name)).toBeUndefined();
  });

  it.each([
    '--upload-pack=x',
    '-',
    '',
    'a..b',
    'a b',
    'a\nb',
    'a\u0000b',
    'a\u007fb',
    'a~1',
    'a^',
    'a:b',
    'a?b',
    'a*',
    'a[b',
    'a\\b',
    'a@{1}',
    '@',
    '/a',
    'a/',
    'a//b',
    'a.',
    'a/.b',
    '.a',
    'a.lock',
    'a.lock/b',
    'x'.repeat(201),
    'half-\ud83d',
  ])('refuses %j', (name) => {
    expect(branchSchema.safeParse(name).success).toBe(false);
  });
});

describe('commit', () => {
  it('takes 40 lower-case hex digits', () => {
    expect(commitSchema.safeParse('0123456789abcdef0123456789abcdef01234567').success).toBe(true);
  });

  it.each(['', 'HEAD', 'abc123', 'A'.repeat(40), `${'a'.repeat(40)}\n`, 'g'.repeat(40), '--help'])(
    'refuses %j',
    (commit) => {
      expect(commitSchema.safeParse(commit).success).toBe(false);
    },
  );
});

describe('key', () => {
  it('takes a key of the store bucket', () => {
    expect(keySchema.safeParse('overlays/web/site/v1.2+x.tar.zst').success).toBe(true);
  });

  it.each(['', '/a', '../a', 'a/../b', 'a/./b', 'a b', 'a\nb', 'a?b', 'x'.repeat(513)])(
    'refuses %j',
    (key) => {
      expect(keySchema.safeParse(key).success).toBe(false);
    },
  );
});
