import { chmodSync } from 'node:fs';
import { build } from 'esbuild';
import { buildAgent, program } from '../../scripts/bundles.ts';

/** Bundles the agent as the build does, into a folder of the bench: dist/ may be older than the sources. */
export async function bundleAgent(outfile: string): Promise<string> {
  await buildAgent(outfile);
  return outfile;
}

/** Bundles a reference program with the agent's options, to be compared. */
export async function bundle(entry: string, outfile: string): Promise<string> {
  await build({ ...program, entryPoints: [entry], outfile });
  chmodSync(outfile, 0o755);
  return outfile;
}
