import { askedOf, parseInput, parseSettleInput } from '../../lib/rollout/input.ts';
import { commits, settingsOf, url } from '../support/fleet/service.ts';

const settings = settingsOf({
  repositories: {
    states: { url, branch: 'main' },
    site: { url, branch: 'main', overlay: 'optional' },
    tools: { artifact: true },
    assets: { url, branch: 'main', overlay: 'required' },
  },
  configuration: 'states',
});

test('one value belongs to the primary repository, a map to each', () => {
  const input = parseInput({
    service: 'web',
    branch: 'next',
    commit: { states: commits.old },
    overlay: 'none',
  });
  expect(askedOf(input, settings)).toEqual({
    site: { branch: 'next', overlay: 'none' },
    states: { commit: commits.old },
  });
});

test.each([
  [{ service: 'web', forced: true }, 'unknown key "forced"'],
  [
    { service: 'web', version: 'first-good' },
    'version: found "first-good", expected the number of a version of `deployed`, 1 or more; labels',
  ],
  [{ service: 'web', version: 0 }, 'version: found 0, expected the number of a version'],
  [{ service: 'web', version: 1.5 }, 'version: found 1.5, expected the number of a version'],
  [
    { service: 'web', ifRecord: -1 },
    'ifRecord: found -1, expected the number of a version of `deployed`, or 0',
  ],
  [{ service: '../web' }, 'service: found "../web"'],
  [{ branch: 'main' }, 'service: found nothing'],
  [{ service: 'web', branch: { site: 'a..b' } }, 'branch.site: found "a..b"'],
  [{ service: 'web', commit: 'HEAD' }, 'commit: found "HEAD"'],
  [{ service: 'web', overlay: '../x.tar' }, 'overlay: found "../x.tar"'],
  [{ service: 'web', replace: 'yes' }, 'replace: found "yes"'],
  [[], 'expected'],
  [null, 'expected'],
])('refuses %j', (input, message) => {
  expect(() => parseInput(input)).toThrow(message);
});

test.each(['strategy', 'wait', 'supersede', 'force', 'contract', 'fixes'])(
  'says that %s is not built yet',
  (key) => {
    expect(() => parseInput({ service: 'web', [key]: true })).toThrow(
      `${key} is not built yet; leave it out`,
    );
  },
);

test.each(['branch', 'commit', 'overlay'])('refuses a whole record together with %s', (key) => {
  const value = key === 'commit' ? commits.old : 'main';
  expect(() => parseInput({ service: 'web', version: 3, [key]: { site: value } })).toThrow(
    `version: found ${key} beside it, expected version alone`,
  );
  expect(parseInput({ service: 'web', version: 3, ifRecord: 0 })).toMatchObject({ version: 3, ifRecord: 0 });
});

test.each([
  [{ branch: { gone: 'main' } }, 'has no repository gone; it has states, site, tools, assets'],
  [{ commit: { tools: commits.old } }, 'is an artifact, it has no commit'],
  [{ overlay: { tools: 'none' } }, 'is an artifact and needs a tarball'],
  [{ overlay: { assets: 'none' } }, 'requires an overlay'],
  [{ overlay: { states: 'overlays/x.tar' } }, 'takes no overlay'],
])('refuses %j because it cannot apply', (input, message) => {
  expect(() => askedOf(parseInput({ service: 'web', ...input }), settings)).toThrow(message);
});

test('the settle machine takes a service and a reason', () => {
  expect(parseSettleInput({ service: 'web', reason: 'x' })).toEqual({ service: 'web', reason: 'x' });
  expect(() => parseSettleInput({ service: 'web' })).toThrow('reason');
});
