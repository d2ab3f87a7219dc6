import { overlayOf } from '../../lib/release/overlay-key.ts';
import { commits } from '../support/fleet/service.ts';

const prefix = 'overlays/web/site/';

test('an overlay belongs to its commit by its name', () => {
  const keys = [`${prefix}${commits.new}.tar.zst`];
  expect(overlayOf(keys, prefix, commits.new)).toBe(keys[0]);
  expect(overlayOf(keys, prefix, commits.old)).toBeUndefined();
});

test('refuses two overlays of one commit, naming both', () => {
  const keys = ['.tar.zst', '.tar.gz'].map((end) => `${prefix}${commits.new}${end}`);
  expect(() => overlayOf(keys, prefix, commits.new)).toThrow(keys.join(', '));
});
