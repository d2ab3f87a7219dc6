import { chmodSync } from 'node:fs';
import { build } from 'esbuild';
import { agent } from '../../scripts/bundles.ts';

/**
 * Bundles a program as the build does the agent, into a folder of the bench: dist/ may be older than the sources, and
 * a reference program must be bundled the same way to be compared.
 */
export async function bundle(entry: string, outfile: string): Promise<string> {
  await build({ ...agent, entryPoints: [entry], outfile });
  chmodSync(outfile, 0o755);
  return outfile;
}
