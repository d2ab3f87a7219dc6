import { candidateColour } from '../../lib/release/colour.ts';
import { describeRelease, type Release, sameRelease } from '../../lib/release/release.ts';
import { decideTarget } from '../../lib/release/target-commit.ts';

const commit = 'a'.repeat(40);
const tarball = (sha: string, key = 'k') => ({ key, version: 'v', sha256: sha.repeat(64) });

describe('sameRelease', () => {
  const release: Release = {
    site: { branch: 'main', commit, overlay: tarball('b') },
    tools: { artifact: tarball('c') },
  };

  it.each<[string, Release, boolean]>([
    ['the same', structuredClone(release), true],
    [
      'another branch of the same commit',
      { ...release, site: { branch: 'x', commit, overlay: tarball('b') } },
      true,
    ],
    ['another key of the same bytes', { ...release, tools: { artifact: tarball('c', 'other') } }, true],
    [
      'another commit',
      { ...release, site: { branch: 'main', commit: 'd'.repeat(40), overlay: tarball('b') } },
      false,
    ],
    ['another overlay', { ...release, site: { branch: 'main', commit, overlay: tarball('e') } }, false],
    ['no overlay', { ...release, site: { branch: 'main', commit } }, false],
    ['git instead of an artifact', { ...release, tools: { branch: 'main', commit } }, false],
    ['a repository less', { site: release.site as Release[string] }, false],
    ['a repository more', { ...release, more: { branch: 'main', commit } }, false],
  ])('%s', (_, other, same) => {
    expect(sameRelease(release, other)).toBe(same);
    expect(sameRelease(other, release)).toBe(same);
  });
});

describe('decide', () => {
  const recorded = { branch: 'stable', commit };

  it('takes the tip of the recorded branch when nothing is given', () => {
    expect(decideTarget({}, recorded, 'main')).toEqual({ branch: 'stable' });
  });

  it('takes the tip of the default branch when nothing is given and nothing recorded', () => {
    expect(decideTarget({}, undefined, 'main')).toEqual({ branch: 'main' });
  });

  it('takes the default branch when the repository was an artifact before', () => {
    expect(decideTarget({}, { artifact: tarball('a') }, 'main')).toEqual({ branch: 'main' });
  });

  it('takes the tip of a given branch', () => {
    expect(decideTarget({ branch: 'next' }, recorded, 'main')).toEqual({ branch: 'next' });
  });

  it('looks for a given commit on the recorded branch', () => {
    expect(decideTarget({ commit }, recorded, 'main')).toEqual({ branch: 'stable', commit });
  });

  it('looks for a given commit on the default branch when nothing is recorded', () => {
    expect(decideTarget({ commit }, undefined, 'main')).toEqual({ branch: 'main', commit });
  });

  it('looks for a given commit on the given branch', () => {
    expect(decideTarget({ branch: 'next', commit }, recorded, 'main')).toEqual({ branch: 'next', commit });
  });
});

it('describes a release in a sentence', () => {
  expect(describeRelease({ site: { branch: 'main', commit }, tools: { artifact: tarball('c') } })).toBe(
    'site aaaaaaaa, tools cccccccc',
  );
  expect(describeRelease({})).toBe('nothing');
});

it('gives the candidate the colour that does not serve, blue first', () => {
  expect(
    [undefined, 'blue', 'green'].map((serving) => candidateColour(serving as 'blue' | 'green' | undefined)),
  ).toEqual(['blue', 'green', 'blue']);
});
