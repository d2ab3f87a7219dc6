import { createRequire } from 'node:module';
import { Script } from 'node:vm';
import { type Compiled, readCompiled, writeCompiled } from './compiled.ts';

/** Some modules of a program, compiled and run together. */
export interface ScriptText {
  /** Names that the modules are required by. */
  modules: readonly string[];
  /** A function of `require`, `remember` and a `module` to fill; it gives what the modules export, by their names. */
  text: string;
}

/** A program as text. What it does not need every time stands in scripts of its own: most runs never compile those. */
export interface Program {
  /** The module that runs. */
  entry: string;
  scripts: readonly ScriptText[];
  /** Tells it from all others. */
  digest: string;
}

/** Told by the program at its end which parts of its work it did. */
export type Remember = (parts: readonly string[]) => void;

type Require = (name: string) => unknown;
type Run = (require: Require, remember: Remember, module: object) => Record<string, unknown>;

/**
 * Runs a program with the compiled form that earlier runs left in a file. Compiling takes as long as all the rest of a
 * short run. A run that did what none did before it adds its functions.
 */
export function launch(program: Program, file: string): void {
  const key = `${program.digest} ${process.version} ${process.arch}`;
  const kept = readCompiled(file, key);
  const modules = new Modules(program, kept, (parts) => {
    if (!modules.isNew && parts.every((part) => kept?.parts.includes(part))) return;
    const all = [...new Set([...(kept?.parts ?? []), ...parts])];
    writeCompiled(file, key, { parts: all, scripts: { ...kept?.scripts, ...modules.compiled() } });
  });
  modules.require(program.entry);
}

/** The modules of a program, run when the first of their script is required; what is none of them is Node's. */
class Modules {
  /** Whether something was compiled that was not kept, or not usable. */
  isNew = false;
  readonly #program: Program;
  readonly #kept: Compiled | undefined;
  readonly #remember: Remember;
  readonly #node = createRequire('/');
  readonly #compiled = new Map<string, Script>();
  readonly #exports = new Map<ScriptText, Record<string, unknown>>();

  constructor(program: Program, kept: Compiled | undefined, remember: Remember) {
    this.#program = program;
    this.#kept = kept;
    this.#remember = remember;
  }

  readonly require: Require = (name) => {
    const script = this.#program.scripts.find(({ modules }) => modules.includes(name));
    return script ? this.#exportsOf(script)[name] : this.#node(name);
  };

  /** By the names of the scripts: of their first modules. */
  compiled(): Compiled['scripts'] {
    return Object.fromEntries([...this.#compiled].map(([name, script]) => [name, script.createCachedData()]));
  }

  #exportsOf(script: ScriptText): Record<string, unknown> {
    const known = this.#exports.get(script);
    if (known) return known;
    const run = this.#compile(script).runInThisContext() as Run;
    const exported = run(this.require, this.#remember, {});
    this.#exports.set(script, exported);
    return exported;
  }

  #compile({ modules: [name = ''], text }: ScriptText): Script {
    const cachedData = this.#kept?.scripts[name];
    const script = new Script(text, {
      filename: `holdfast-agent/${name}`,
      ...(cachedData && { cachedData }),
    });
    this.isNew ||= !cachedData || script.cachedDataRejected === true;
    this.#compiled.set(name, script);
    return script;
  }
}
