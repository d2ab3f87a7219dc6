import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { programOf } from './agent-program.ts';

export const root = join(import.meta.dirname, '..');
export const dist = join(root, 'dist');

/** What all bundles share. */
export const node: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  absWorkingDir: root,
  logLevel: 'warning',
};

/** Bundles that start often: small ones. */
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
const program: BuildOptions = {
  ...slim,
  format: 'cjs',
  // Naming thousands of functions at every start, and starting Node's loader of ES modules for the SDK's one `import()`
  // of a built-in module, take a sixth of a run with nothing to do.
  keepNames: false,
  supported: { 'dynamic-import': false },
  // An instance needs two of the SDK's many ways to find credentials: half of the bundle is not the others.
  alias: { '@aws-sdk/credential-provider-node': './lib/aws/instance-credentials.ts' },
};

/** A program of one file, compiled anew at every start. */
export const plain: BuildOptions = { ...program, banner };

/** The agent: a launcher that holds the program as text and runs it with its compiled form. */
export async function buildAgent(outfile: string): Promise<void> {
  const agent = await programOf('bin/agent.ts', { ...program, inject: ['lib/agent/launcher/no-jit.ts'] });
  await build({
    ...plain,
    entryPoints: ['bin/agent-launcher.ts'],
    outfile,
    define: { agentProgram: JSON.stringify(agent) },
  });
  chmodSync(outfile, 0o755);
}
