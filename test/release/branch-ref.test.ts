import { branchRefspecs, tipListed } from '../../lib/release/branch-ref.ts';

const [one, two] = ['1', '2'].map((digit) => digit.repeat(40)) as [string, string];

describe('the tip of a branch', () => {
  it('is the line of exactly its ref, wherever it stands', () => {
    const listing = `${one}\trefs/backup/refs/heads/main\n${two}\trefs/heads/main\n${one}\trefs/heads/x/refs/heads/main`;
    expect(tipListed(listing, 'main')).toBe(two);
  });

  it.each([
    ['nothing', ''],
    ['refs that end so', `${one}\trefs/backup/refs/heads/main\n${one}\trefs/tags/refs/heads/main\n`],
    ['a page', '<html>refs/heads/main</html>'],
    ['a hash of another length', `${one}0\trefs/heads/main\n`],
  ])('is none in %s', (_, listing) => {
    expect(tipListed(listing, 'main')).toBeUndefined();
  });
});

it('a branch is fetched without the refs that git completes its name to', () => {
  expect(branchRefspecs('main', 'refs/tip')).toEqual([
    'refs/heads/main:refs/tip',
    '^refs/refs/heads/main',
    '^refs/tags/refs/heads/main',
    '^refs/heads/refs/heads/main',
    '^refs/remotes/refs/heads/main',
    '^refs/remotes/refs/heads/main/HEAD',
  ]);
});
