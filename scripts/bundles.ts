import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';

export const root = join(import.meta.dirname, '..');
export const dist = join(root, 'dist');

/** Options of all bundles. */
export const node: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  absWorkingDir: root,
  logLevel: 'warning',
};

/** Options of bundles that start often: small ones. */
export const slim: BuildOptions = { ...node, minify: true, keepNames: true, mainFields: ['module', 'main'] };

/**
 * The first line stays first, so that the kernel finds Node. A file without an ending is CommonJS or an ES module depending on
 * where it lies: with a `require` of its own a program is both.
 */
const banner = {
  js: `#!/usr/bin/env node
var require = process.getBuiltinModule('node:module').createRequire('/');`,
};

/** Programs of one file that run on instances. */
export const program: BuildOptions = {
  ...slim,
  format: 'cjs',
  banner,
  // Naming thousands of functions at every start, and starting Node's loader of ES modules for the SDK's one `import()`
  // of a built-in module, take a sixth of a run with nothing to do.
  keepNames: false,
  supported: { 'dynamic-import': false },
  // An instance needs two of the SDK's many ways to find credentials: half of the bundle is not the others.
  alias: { '@aws-sdk/credential-provider-node': './lib/aws/instance-credentials.ts' },
};

/** Bundles the agent into one executable file. */
export async function buildAgent(outfile: string): Promise<void> {
  await build({ ...program, entryPoints: ['bin/agent.ts'], outfile });
  chmodSync(outfile, 0o755);
}
