import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCompiled } from '../../lib/agent/compiled.ts';
import { launch } from '../../lib/agent/launcher.ts';

describe('launch', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-launcher-'));
    file = join(folder, 'agent.compiled');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Runs a program that does the parts that a file names. */
  function run(parts: string[], digest = 'd1'): void {
    const script = join(folder, 'parts.json');
    writeFileSync(script, JSON.stringify(parts));
    const text = `remember(JSON.parse(require('node:fs').readFileSync('${script}'))); // the end`;
    launch({ text, digest }, file);
  }
  const partsOf = (digest: string) =>
    readCompiled(file, `${digest} ${process.version} ${process.arch}`)?.parts;

  it('runs a program that does not say what it did, and keeps nothing', () => {
    launch({ text: 'require("node:fs")', digest: 'd1' }, file);
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

  it('fails as the program fails', () => {
    expect(() => launch({ text: 'throw new TypeError("no")', digest: 'd1' }, file)).toThrow('no');
  });
});
