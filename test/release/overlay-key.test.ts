import { overlayKeyOf } from '../../lib/release/overlay-key.ts';
import { commits } from '../support/fleet/service.ts';

const prefix = 'overlays/web/site/';
const keyOf = (keys: string[], commit: string) => overlayKeyOf('site', keys, prefix, commit);

test('an overlay belongs to its commit by its name', () => {
  const keys = [`${prefix}${commits.new}.tar.zst`];
  expect(keyOf(keys, commits.new)).toBe(keys[0]);
  expect(keyOf(keys, commits.old)).toBeUndefined();
});

test.each(['.tar', '.tar.gz', '.tar.zst'])('an overlay may end with %s', (ending) => {
  const key = `${prefix}${commits.new}${ending}`;
  expect(keyOf([key], commits.new)).toBe(key);
});

test('what lies beside an overlay is none', () => {
  const key = `${prefix}${commits.new}.tar.zst`;
  const beside = ['.tar.zst.sha256', '.tar.zst.asc', '.tar.zst.sha256.sig', '.tarball', '.tar.'];
  expect(keyOf([key, ...beside.map((end) => `${prefix}${commits.new}${end}`)], commits.new)).toBe(key);
});

test('refuses two overlays of one commit, naming both', () => {
  const keys = ['.tar.zst', '.tar.gz'].map((end) => `${prefix}${commits.new}${end}`);
  expect(() => keyOf(keys, commits.new)).toThrow(
    `repository site: found 2 overlays for commit ${commits.new} (${keys.join(', ')}), expected one; name one`,
  );
});
