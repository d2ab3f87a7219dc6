import { createRequire } from 'node:module';
import { Script } from 'node:vm';
import { readCompiled, writeCompiled } from './compiled.ts';

/** A program as text: the body of a function that is given `require` and `remember`. */
export interface Program {
  text: string;
  /** Tells it from all others. */
  digest: string;
}

/** Told by the program at its end which parts of its work it did. */
export type Remember = (parts: readonly string[]) => void;

/**
 * Runs a program with the compiled form that earlier runs left in a file. Compiling takes as long as all the rest of a
 * short run. A run that did what none did before it adds its functions.
 */
export function launch({ text, digest }: Program, file: string): void {
  const key = `${digest} ${process.version} ${process.arch}`;
  const kept = readCompiled(file, key);
  const script = new Script(`(function (require, remember) {${text}\n})`, {
    filename: 'holdfast-agent',
    ...(kept ? { cachedData: kept.data } : {}),
  });
  const known = kept && !script.cachedDataRejected ? kept.parts : undefined;
  const remember: Remember = (parts) => {
    if (known && parts.every((part) => known.includes(part))) return;
    const all = [...new Set([...(known ?? []), ...parts])];
    writeCompiled(file, key, { parts: all, data: script.createCachedData() });
  };
  script.runInThisContext()(createRequire('/'), remember);
}
