/** Builds and synthesises when a source changed since the last time; else leaves dist/ and cdk.out as they are. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceDigest } from './digest.ts';

const root = join(import.meta.dirname, '..');
const digest = sourceDigest(root);
const made = ['dist/.sources', 'cdk.out/.sources'].every(
  (stamp) => existsSync(join(root, stamp)) && readFileSync(join(root, stamp), 'utf8') === digest,
);
if (!made) await import('./synth.ts');
