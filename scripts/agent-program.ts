import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import type { Program, ScriptText } from '../lib/agent/launcher/launcher.ts';

/** A part that the bundler made: an ES module that imports others by their names. */
interface Part {
  text: string;
  entryPoint: string | undefined;
  /** Names of the parts that have to be there before it runs. */
  needs: string[];
}
type Parts = ReadonlyMap<string, Part>;

/**
 * Bundles a program for the agent's launcher. The bundler splits it at each `import()`; what the entry needs at its start
 * becomes one script, every other part one of its own.
 */
export async function programOf(entryPoint: string, options: BuildOptions): Promise<Program> {
  const parts = await split(entryPoint, options);
  const entry = [...parts.keys()].find((name) => parts.get(name)?.entryPoint === entryPoint);
  if (entry === undefined)
    throw new Error(`found no part for ${entryPoint} in ${[...parts.keys()].join(', ')}`);
  const first = neededAtStart(parts, entry);
  const others = [...parts.keys()].filter((name) => !first.includes(name));
  const groups = [first, ...others.map((name) => [name])];
  const scripts = await Promise.all(groups.map((modules) => scriptOf(modules, parts, options)));
  const digest = createHash('sha256').update(JSON.stringify(scripts)).digest('hex');
  return { entry, scripts, digest };
}

async function split(entryPoint: string, options: BuildOptions): Promise<Parts> {
  const { metafile, outputFiles } = await build({
    ...options,
    entryPoints: [entryPoint],
    format: 'esm',
    splitting: true,
    outdir: 'program',
    write: false,
    metafile: true,
  });
  const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [nameOf(path), output]));
  return new Map(
    outputFiles.map(({ path, text }) => {
      const output = outputs.get(nameOf(path));
      return [nameOf(path), { text, entryPoint: output?.entryPoint, needs: needsOf(output) }];
    }),
  );
}

/** As other parts import it. */
const nameOf = (path: string) => `./${basename(path)}`;

function needsOf(output: Metafile['outputs'][string] | undefined): string[] {
  const needed = (output?.imports ?? []).filter(
    ({ kind, external }) => kind === 'import-statement' && !external,
  );
  return needed.map(({ path }) => nameOf(path));
}

function neededAtStart(parts: Parts, entry: string): string[] {
  const needed = new Set([entry]);
  for (const name of needed) for (const each of parts.get(name)?.needs ?? []) needed.add(each);
  return [...needed];
}

/** Puts parts together again, as a function that gives what each of them exports. */
async function scriptOf(
  modules: string[],
  parts: Parts,
  { minify = false, target, supported = {} }: BuildOptions,
): Promise<ScriptText> {
  const { outputFiles } = await build({
    stdin: { contents: modules.map((name) => `export * as '${name}' from '${name}';`).join('\n') },
    plugins: [together(modules, parts)],
    bundle: true,
    format: 'cjs',
    platform: 'node',
    write: false,
    minify,
    supported,
    ...(target === undefined ? {} : { target }),
  });
  const body = outputFiles.map(({ text }) => text).join('');
  return { modules, text: `(function (require, remember, module) {${body}\nreturn module.exports; })` };
}

/** Finds the parts of one script; all else is required when it runs. */
const together = (modules: readonly string[], parts: Parts): Plugin => ({
  name: 'together',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /.*/ }, ({ path }) =>
      modules.includes(path) ? { path, namespace: 'part' } : { path, external: true },
    );
    onLoad({ filter: /.*/, namespace: 'part' }, ({ path }) => {
      const part = parts.get(path);
      return part && { contents: part.text };
    });
  },
});
