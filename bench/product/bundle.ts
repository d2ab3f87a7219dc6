import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '../..');

/**
 * Bundles a program as `scripts/build.ts` does the agent, into a folder of the bench: dist/ belongs to others,
 * and the reference programs must be bundled the same way to be compared.
 */
export async function bundle(entry: string, outfile: string): Promise<string> {
  await build({
    entryPoints: [join(root, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    minify: true,
    keepNames: true,
    mainFields: ['module', 'main'],
    banner: { js: '#!/usr/bin/env node' },
    absWorkingDir: root,
    logLevel: 'warning',
  });
  chmodSync(outfile, 0o755);
  return outfile;
}
