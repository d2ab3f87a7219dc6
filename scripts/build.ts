/** Bundles the Lambdas, the agent and the CDK app into dist/. `npm run build`. */
import { chmodSync, copyFileSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { sourceDigest } from './digest.ts';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

/** ESM bundles of CommonJS packages call `require`. */
const requireBanner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

const node: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  absWorkingDir: root,
  logLevel: 'warning',
};

const slim: BuildOptions = { ...node, minify: true, keepNames: true, mainFields: ['module', 'main'] };

function lambdas(): BuildOptions {
  const names = readdirSync(join(root, 'lambda'))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => basename(file, '.ts'));
  return {
    ...slim,
    entryPoints: names.map((name) => ({ in: `lambda/${name}.ts`, out: `${name}/index` })),
    outdir: join(dist, 'lambda'),
    outExtension: { '.js': '.mjs' },
    format: 'esm',
    sourcemap: true,
    sourcesContent: false,
    banner: { js: requireBanner },
  };
}

/**
 * The first line stays first, so that the kernel finds Node. A file without an ending is CommonJS or an ES module depending on
 * where it lies: with a `require` of its own the agent is both.
 */
const agentBanner = `#!/usr/bin/env node
var require = process.getBuiltinModule('node:module').createRequire('/');`;

const agent: BuildOptions = {
  ...slim,
  entryPoints: ['bin/agent.ts'],
  outfile: join(dist, 'agent/holdfast-agent'),
  format: 'cjs',
  // An instance needs two of the SDK's many ways to find credentials: half of the bundle is not the others.
  alias: { '@aws-sdk/credential-provider-node': './lib/aws/instance-credentials.ts' },
  banner: { js: agentBanner },
};

const app: BuildOptions = {
  ...node,
  entryPoints: ['bin/app.ts'],
  outfile: join(dist, 'bin/app.cjs'),
  format: 'cjs',
  packages: 'external',
  sourcemap: 'inline',
};

rmSync(dist, { recursive: true, force: true });
await Promise.all(
  [lambdas(), agent, app].filter((options) => present(options.entryPoints)).map((options) => build(options)),
);
chmodSync(join(dist, 'agent/holdfast-agent'), 0o755);
// The Lambda that puts the agent into the store carries it along.
copyFileSync(join(dist, 'agent/holdfast-agent'), join(dist, 'lambda/agent-object/holdfast-agent'));
writeFileSync(join(dist, '.sources'), sourceDigest(root));

function present(entryPoints: BuildOptions['entryPoints']): boolean {
  return (
    !Array.isArray(entryPoints) ||
    entryPoints.every((entry) => existsSync(join(root, typeof entry === 'string' ? entry : entry.in)))
  );
}
