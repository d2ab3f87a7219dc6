import type { Release } from '../../../lib/release/release.ts';
import { keptRelease, wholeRelease } from '../../../lib/rollout/decisions/kept-release.ts';
import { commits, releaseOf, settingsOf, url } from '../../support/fleet/service.ts';

const { repositories } = settingsOf({
  repositories: { site: { url, branch: 'main' }, states: { url, branch: 'main' }, tools: { artifact: true } },
});
const tarball = { key: 'tools.tar', version: 'v1', sha256: 'd'.repeat(64) };
const states = { branch: 'main', commit: commits.old };
const recorded = { ...releaseOf(commits.old), states, tools: { artifact: tarball } };

test('nothing named: nothing is kept', () => {
  expect(keptRelease({}, recorded, repositories)).toEqual({});
});

test('one repository named: all others are kept', () => {
  const asked = { site: { commit: commits.new } };
  expect(keptRelease(asked, recorded, repositories)).toEqual({ states, tools: { artifact: tarball } });
  expect(keptRelease(asked, undefined, repositories)).toEqual({});
});

test('a repository that is gone, or of another kind by now, cannot be kept', () => {
  const { states: kept, ...others } = repositories;
  const asked = { site: {} };
  expect(keptRelease(asked, recorded, others)).toEqual({ tools: { artifact: tarball } });
  const changed = { ...repositories, states: { artifact: true } as const, tools: kept ?? { artifact: true } };
  expect(keptRelease(asked, recorded, changed)).toEqual({});
});

describe('a whole record', () => {
  const settings = { service: 'web', repositories };
  const whole = (release: typeof recorded | Release) => ({ release, version: 7 });

  test('is kept entry by entry; what was added since stays as recorded', () => {
    const old = releaseOf('c'.repeat(40));
    expect(wholeRelease(whole(old), recorded, settings)).toEqual({ ...recorded, ...old });
    expect(wholeRelease(whole(old), undefined, settings)).toEqual(old);
  });

  test('refuses repositories that are gone or of another kind, by name', () => {
    const old = { ...recorded, tools: states, gone: states, site: { artifact: tarball } };
    expect(() => wholeRelease(whole(old), recorded, settings)).toThrow(
      'version: record 7 of service web cannot be deployed whole: repository site was an artifact and is a git repository now, repository tools was a git repository and is an artifact now, repository gone is gone from the configuration; give the commits',
    );
  });
});
