import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { otherSteps, rolloutSteps, settleSteps } from '../../lib/rollout/contract.ts';

const root = join(__dirname, '../..');
const bundle = (name: string) => join(root, 'dist/lambda', name, 'index.mjs');
const sources = readdirSync(join(root, 'lambda')).map((file) => basename(file, '.ts'));

test('every step has a file of its name', () => {
  for (const step of [...rolloutSteps, ...settleSteps, ...otherSteps]) expect(sources).toContain(step);
});

/** Bytes. Prepare asks git and most of AWS. */
const most = (name: string) => (name === 'prepare' ? 1_800_000 : 1_500_000);

test.each(sources)('the bundle of %s stays small, with its source map', (name) => {
  expect(statSync(bundle(name)).size).toBeLessThan(most(name));
  expect(existsSync(`${bundle(name)}.map`)).toBe(true);
});
