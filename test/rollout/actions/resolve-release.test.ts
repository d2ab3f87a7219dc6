import { createHash } from 'node:crypto';
import { resolveRelease } from '../../../lib/rollout/actions/resolve-release.ts';
import type { FakeAws } from '../../support/fleet/fake-aws.ts';
import { commits, newService, releaseOf, settingsOf, url } from '../../support/fleet/service.ts';

const withOverlay = (overlay: 'optional' | 'required') =>
  settingsOf({ repositories: { site: { url, branch: 'main', overlay } } });
const key = `overlays/web/site/${commits.new}.tar.zst`;
const sha256 = 'd'.repeat(64);

describe('resolving a release', () => {
  let aws: FakeAws;
  beforeEach(() => {
    aws = newService();
  });

  test('nothing asked: the tip of the recorded branch, else of the default branch', async () => {
    aws.tips.set(`${url} next`, commits.old);
    const recorded = { site: { branch: 'next', commit: 'c'.repeat(40) } };
    expect(await resolveRelease(aws, settingsOf(), {}, recorded)).toEqual({
      release: { site: { branch: 'next', commit: commits.old } },
      verified: true,
    });
    expect((await resolveRelease(aws, settingsOf(), {}, undefined)).release).toEqual(releaseOf(commits.new));
  });

  test('a repository that was added later starts from its default branch', async () => {
    const repositories = { site: { url, branch: 'main' }, states: { url: `${url}2`, branch: 'main' } };
    aws.tips.set(`${url}2 main`, 'e'.repeat(40));
    const { release } = await resolveRelease(aws, settingsOf({ repositories }), {}, releaseOf(commits.old));
    expect(release.states).toEqual({ branch: 'main', commit: 'e'.repeat(40) });
  });

  test('an overlay is found by the name of its commit, with version and digest', async () => {
    aws.objects.set(key, 'tar', sha256);
    const { release } = await resolveRelease(aws, withOverlay('required'), {}, undefined);
    expect(release.site).toEqual({
      branch: 'main',
      commit: commits.new,
      overlay: { key, version: 'v1', sha256 },
    });
  });

  test('the digest beside an overlay is no second overlay', async () => {
    aws.objects.set(key, 'tar', sha256);
    aws.objects.set(`${key}.sha256`, sha256);
    const { release } = await resolveRelease(aws, withOverlay('required'), {}, undefined);
    expect(release.site).toMatchObject({ overlay: { key } });
  });

  test('an overlay that states no digest is read through', async () => {
    aws.objects.set('overlays/other.tar', 'bytes');
    const asked = { site: { overlay: 'overlays/other.tar' } };
    const { release } = await resolveRelease(aws, withOverlay('optional'), asked, undefined);
    expect(release.site).toMatchObject({
      overlay: { sha256: createHash('sha256').update('bytes').digest('hex') },
    });
  });

  test('an optional overlay may be missing, or left out', async () => {
    const { release } = await resolveRelease(aws, withOverlay('optional'), {}, undefined);
    expect(release.site).not.toHaveProperty('overlay');
    aws.objects.set(key, 'tar', sha256);
    const asked = { site: { overlay: 'none' } };
    expect(
      (await resolveRelease(aws, withOverlay('optional'), asked, undefined)).release.site,
    ).not.toHaveProperty('overlay');
  });

  test.each([
    ['a required overlay that is missing', withOverlay('required'), {}],
    [
      'an overlay that was named and is missing',
      withOverlay('optional'),
      { site: { overlay: 'overlays/x.tar' } },
    ],
    ['an artifact that nobody named', settingsOf({ repositories: { tools: { artifact: true } } }), {}],
  ])('refuses %s', async (_, settings, asked) => {
    await expect(resolveRelease(aws, settings, asked, undefined)).rejects.toMatchObject({
      name: 'InvalidTarball',
    });
  });

  test('an artifact is the named one, else the recorded one', async () => {
    const settings = settingsOf({ repositories: { tools: { artifact: true } } });
    aws.objects.set('tools.tar', 'tar', sha256);
    const named = await resolveRelease(aws, settings, { tools: { overlay: 'tools.tar' } }, undefined);
    expect(named).toEqual({
      release: { tools: { artifact: { key: 'tools.tar', version: 'v1', sha256 } } },
      verified: true,
    });
    expect(await resolveRelease(aws, settings, {}, named.release)).toEqual(named);
  });

  test('one commit that was not seen on its branch leaves the whole release unverified', async () => {
    const repositories = { site: { url, branch: 'main' }, states: { url, branch: 'main' } };
    const asked = { states: { commit: commits.old } };
    expect((await resolveRelease(aws, settingsOf({ repositories }), asked, undefined)).verified).toBe(false);
  });

  test('fails when the git host is down and no commit is given', async () => {
    aws.tips.set(`${url} main`, 'down');
    await expect(resolveRelease(aws, settingsOf(), {}, undefined)).rejects.toMatchObject({
      name: 'GitFailed',
    });
  });
});
