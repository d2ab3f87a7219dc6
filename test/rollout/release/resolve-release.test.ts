import { createHash } from 'node:crypto';
import type { Settings } from '../../../lib/config/settings.ts';
import type { Release } from '../../../lib/release/release.ts';
import type { ReleaseRequest } from '../../../lib/release/release-request.ts';
import { keptRelease } from '../../../lib/rollout/decisions/kept-release.ts';
import { resolveRelease } from '../../../lib/rollout/release/resolve-release.ts';
import type { FakeAws } from '../../support/fleet/fake-aws.ts';
import { commits, newService, releaseOf, settingsOf, url } from '../../support/fleet/service.ts';

const withOverlay = (overlay: 'optional' | 'required') =>
  settingsOf({ repositories: { site: { url, branch: 'main', overlay } } });
const key = `overlays/web/site/${commits.new}.tar.zst`;
const sha256 = 'd'.repeat(64);

/** Resolves what a deployment asks for beside what is recorded. */
function resolve(
  aws: FakeAws,
  settings: Settings,
  asked: Record<string, ReleaseRequest>,
  recorded: Release | undefined,
) {
  const kept = keptRelease(asked, recorded, settings.repositories);
  return resolveRelease(aws, settings, { asked, kept, recorded });
}

describe('resolving a release', () => {
  let aws: FakeAws;
  beforeEach(() => {
    aws = newService();
  });

  test('nothing asked: the tip of the recorded branch, else of the default branch', async () => {
    aws.tips.set(`${url} next`, commits.old);
    const recorded = { site: { branch: 'next', commit: 'c'.repeat(40) } };
    expect(await resolve(aws, settingsOf(), {}, recorded)).toEqual({
      release: { site: { branch: 'next', commit: commits.old } },
      verified: true,
    });
    expect((await resolve(aws, settingsOf(), {}, undefined)).release).toEqual(releaseOf(commits.new));
  });

  test('a repository that was added later starts from its default branch', async () => {
    const repositories = { site: { url, branch: 'main' }, states: { url: `${url}2`, branch: 'main' } };
    aws.tips.set(`${url}2 main`, 'e'.repeat(40));
    const { release } = await resolve(aws, settingsOf({ repositories }), {}, releaseOf(commits.old));
    expect(release.states).toEqual({ branch: 'main', commit: 'e'.repeat(40) });
  });

  test('an overlay is found by the name of its commit, with version and digest', async () => {
    aws.objects.set(key, 'tar', sha256);
    const { release } = await resolve(aws, withOverlay('required'), {}, undefined);
    expect(release.site).toEqual({
      branch: 'main',
      commit: commits.new,
      overlay: { key, version: 'v1', sha256 },
    });
  });

  test('the digest beside an overlay is no second overlay', async () => {
    aws.objects.set(key, 'tar', sha256);
    aws.objects.set(`${key}.sha256`, sha256);
    const { release } = await resolve(aws, withOverlay('required'), {}, undefined);
    expect(release.site).toMatchObject({ overlay: { key } });
  });

  test('an overlay that states no digest is read through', async () => {
    aws.objects.set('overlays/other.tar', 'bytes');
    const asked = { site: { overlay: 'overlays/other.tar' } };
    const { release } = await resolve(aws, withOverlay('optional'), asked, undefined);
    expect(release.site).toMatchObject({
      overlay: { sha256: createHash('sha256').update('bytes').digest('hex') },
    });
  });

  test('an optional overlay may be missing, or left out', async () => {
    const { release } = await resolve(aws, withOverlay('optional'), {}, undefined);
    expect(release.site).not.toHaveProperty('overlay');
    aws.objects.set(key, 'tar', sha256);
    const asked = { site: { overlay: 'none' } };
    expect((await resolve(aws, withOverlay('optional'), asked, undefined)).release.site).not.toHaveProperty(
      'overlay',
    );
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
    await expect(resolve(aws, settings, asked, undefined)).rejects.toMatchObject({
      name: 'InvalidTarball',
    });
  });

  test('an artifact is the named one, else the recorded one', async () => {
    const settings = settingsOf({ repositories: { tools: { artifact: true } } });
    aws.objects.set('tools.tar', 'tar', sha256);
    const named = await resolve(aws, settings, { tools: { overlay: 'tools.tar' } }, undefined);
    expect(named).toEqual({
      release: { tools: { artifact: { key: 'tools.tar', version: 'v1', sha256 } } },
      verified: true,
    });
    expect(await resolve(aws, settings, {}, named.release)).toEqual(named);
  });

  test('one commit that was not seen on its branch leaves the whole release unverified', async () => {
    const repositories = { site: { url, branch: 'main' }, states: { url, branch: 'main' } };
    const asked = { states: { commit: commits.old } };
    expect((await resolve(aws, settingsOf({ repositories }), asked, undefined)).verified).toBe(false);
  });

  test('fails when the git host is down and no commit is given', async () => {
    aws.tips.set(`${url} main`, 'down');
    await expect(resolve(aws, settingsOf(), {}, undefined)).rejects.toMatchObject({
      name: 'GitFailed',
    });
  });

  describe('of what is recorded', () => {
    const tarball = (key: string) => ({ key, version: 'v7', sha256 });
    const two = settingsOf({
      repositories: {
        site: { url, branch: 'main', overlay: 'optional' },
        states: { url: `${url}2`, branch: 'main', overlay: 'optional' },
        tools: { artifact: true },
      },
    });
    const recorded: Release = {
      site: { branch: 'feature/x', commit: commits.old, overlay: tarball('builds/77.tar') },
      states: { branch: 'gone', commit: 'c'.repeat(40), overlay: tarball('builds/78.tar') },
      tools: { artifact: tarball('tools.tar') },
    };

    test.each<[string, ReleaseRequest]>([
      ['branch', { branch: 'main' }],
      ['commit', { commit: commits.old }],
      ['overlay', { branch: 'main', overlay: 'none' }],
    ])(
      'a %s of one repository named: the others stay exactly so, git is not asked for them',
      async (_, site) => {
        aws.tips.set(`${url}2 main`, 'down');
        const { release, verified } = await resolve(aws, two, { site }, recorded);
        expect(release).toEqual({ ...recorded, site: release.site });
        expect(verified).toBe(true);
      },
    );

    test('the recorded commit needs neither its branch nor the git host, and keeps its overlay', async () => {
      aws.objects.set(`overlays/web/site/${commits.old}.tar`, 'tar', sha256);
      for (const tip of [undefined, 'down']) {
        if (tip) aws.tips.set(`${url} feature/x`, tip);
        const asked = { site: { commit: commits.old } };
        expect(await resolve(aws, two, asked, recorded)).toEqual({ release: recorded, verified: true });
      }
    });

    test('an overlay that is said, or none, takes the place of the recorded one', async () => {
      aws.objects.set('builds/79.tar', 'tar', sha256);
      const of = async (overlay: string) =>
        (await resolve(aws, two, { site: { commit: commits.old, overlay } }, recorded)).release.site;
      expect(await of('none')).toEqual({ branch: 'feature/x', commit: commits.old });
      expect(await of('builds/79.tar')).toMatchObject({ overlay: { key: 'builds/79.tar', version: 'v1' } });
    });

    test('another branch of the recorded commit has to be there, and the overlay stays', async () => {
      const site = { commit: commits.old, branch: 'main' };
      const { release, verified } = await resolve(aws, two, { site }, recorded);
      expect(release.site).toEqual({ ...recorded.site, branch: 'main' });
      expect(verified).toBe(false);
      await expect(resolve(aws, two, { site: { ...site, branch: 'no' } }, recorded)).rejects.toMatchObject({
        name: 'UnknownCommit',
      });
    });

    test('a tip that is recorded takes the overlay of its name, else keeps its own', async () => {
      const last: Release = {
        site: { branch: 'main', commit: commits.new, overlay: tarball('builds/77.tar') },
      };
      expect((await resolve(aws, withOverlay('optional'), {}, last)).release).toEqual(last);
      aws.objects.set(key, 'tar', 'e'.repeat(64));
      expect((await resolve(aws, withOverlay('optional'), {}, last)).release.site).toMatchObject({
        overlay: { key },
      });
    });

    test('a repository without record, or of another kind than recorded, takes its tip', async () => {
      aws.tips.set(`${url}2 main`, 'e'.repeat(40));
      const asked = { site: { commit: commits.old } };
      const { states: _, ...before } = recorded;
      for (const last of [before, { ...before, states: { artifact: tarball('states.tar') } }])
        expect((await resolve(aws, two, asked, last)).release.states).toEqual({
          branch: 'main',
          commit: 'e'.repeat(40),
        });
    });

    test('refuses to leave a repository without the overlay that is required by now', async () => {
      const repositories = { ...two.repositories, states: { url, branch: 'main', overlay: 'required' } };
      const last = { ...recorded, states: { branch: 'main', commit: commits.old } };
      const asked = { site: { commit: commits.old } };
      await expect(resolve(aws, settingsOf({ repositories }), asked, last)).rejects.toMatchObject({
        name: 'InvalidTarball',
        message: expect.stringContaining('repository states: its recorded commit'),
      });
    });
  });
});
