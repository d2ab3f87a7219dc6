import { keptRelease } from '../../../lib/rollout/decisions/kept-release.ts';
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
