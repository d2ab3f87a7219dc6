import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCompiled } from '../../../lib/agent/launcher/compiled.ts';
import { launch, type ScriptText } from '../../../lib/agent/launcher/launcher.ts';

describe('launch', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-launcher-'));
    file = join(folder, 'agent.compiled');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const script = (modules: string[], body: string): ScriptText => ({
    modules,
    text: `(function (require, remember, module) {${body}\n})`,
  });
  const launchMain = (body: string, digest = 'd1') =>
    launch({ entry: 'main', scripts: [script(['main'], body)], digest }, file);

  /** Runs a program that does some parts. */
  const run = (parts: string[], digest = 'd1') =>
    launchMain(`remember(${JSON.stringify(parts)}); return { main: {} }; // the end`, digest);
  const kept = (digest: string) => readCompiled(file, `${digest} ${process.version} ${process.arch}`);
  const partsOf = (digest: string) => kept(digest)?.parts;

  /** A program with a part that few runs need. */
  function runWithRare(required: string): void {
    const noted = `require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'noted'))}, `;
    const rare = script(
      ['rare', 'rarer'],
      `${noted}String(require('shared').count += 1)); return { rare: 'r', rarer: 's' };`,
    );
    const main = script(
      ['main', 'shared'],
      `const shared = { count: 0 };
       setImmediate(() => remember(['start', ...${required}]));
       return { main: {}, shared };`,
    );
    launch({ entry: 'main', scripts: [main, rare], digest: 'd1' }, file);
  }
  const remembered = () => new Promise((resolve) => setImmediate(resolve));

  it('runs a program that does not say what it did, and keeps nothing', () => {
    launchMain('require("node:fs"); return { main: {} };');
    expect(partsOf('d1')).toBeUndefined();
  });

  it('keeps the compiled form of what was done, and writes it again only for something new', () => {
    run(['start']);
    expect(partsOf('d1')).toEqual(['start']);
    const { ino } = statSync(file);
    run(['start']);
    expect(statSync(file).ino).toBe(ino);
    run(['start', 'fetch']);
    run(['start', 'download']);
    expect(partsOf('d1')).toEqual(['start', 'fetch', 'download']);
  });

  it('begins anew for another program, and after damage', () => {
    run(['start', 'fetch']);
    run(['start'], 'd2');
    expect(partsOf('d1')).toBeUndefined();
    expect(partsOf('d2')).toEqual(['start']);
    writeFileSync(file, readFileSync(file).subarray(0, 100));
    run(['download'], 'd2');
    expect(partsOf('d2')).toEqual(['download']);
  });

  it('runs a script once, and only when one of its modules is required', async () => {
    runWithRare('[]');
    await remembered();
    expect(Object.keys(kept('d1')?.scripts ?? {})).toEqual(['main']);
    runWithRare(`[require('rare') + require('rarer') + require('rare')]`);
    await remembered();
    expect(readFileSync(join(folder, 'noted'), 'utf8')).toBe('1');
    expect(partsOf('d1')).toEqual(['start', 'rsr']);
  });

  it('adds the compiled form of a script that was not needed before, and keeps it for runs without it', async () => {
    runWithRare('[]');
    await remembered();
    const { ino } = statSync(file);
    runWithRare(`(require('rare'), [])`);
    await remembered();
    expect(statSync(file).ino).not.toBe(ino);
    expect(Object.keys(kept('d1')?.scripts ?? {})).toEqual(['main', 'rare']);
    runWithRare(`['fetch']`);
    await remembered();
    expect(Object.keys(kept('d1')?.scripts ?? {})).toEqual(['main', 'rare']);
  });

  it('fails as the program fails, or for what it requires and is nowhere', () => {
    expect(() => launchMain('throw new TypeError("no")')).toThrow('no');
    expect(() => launchMain('require("./nowhere.js")')).toThrow('./nowhere.js');
  });
});
