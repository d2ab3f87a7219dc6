/** Bundles the Lambdas, the agent and the CDK app into dist/. `npm run build`. */
import { copyFileSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { buildAgent, dist, node, root, slim } from './bundles.ts';
import { sourceDigest } from './digest.ts';

/** ESM bundles of CommonJS packages call `require`. */
const requireBanner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

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
  [lambdas(), app].filter((options) => present(options.entryPoints)).map((options) => build(options)),
);
await buildAgent(join(dist, 'agent/holdfast-agent'));
// The Lambda that puts the agent into the store carries it along.
copyFileSync(join(dist, 'agent/holdfast-agent'), join(dist, 'lambda/agent-object/holdfast-agent'));
writeFileSync(join(dist, '.sources'), sourceDigest(root));

function present(entryPoints: BuildOptions['entryPoints']): boolean {
  return (
    !Array.isArray(entryPoints) ||
    entryPoints.every((entry) => existsSync(join(root, typeof entry === 'string' ? entry : entry.in)))
  );
}
