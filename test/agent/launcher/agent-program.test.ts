import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from '../../../lib/agent/launcher/launcher.ts';
import { programOf } from '../../../scripts/agent-program.ts';
import { until } from '../../support/until.ts';

describe('a program for the launcher', () => {
  let folder: string;
  const told = () => JSON.parse(readFileSync(join(folder, 'told'), 'utf8')) as string[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-program-'));
    mkdirSync(join(folder, 'lib'));
    source(
      'lib/shared.ts',
      `export const log: string[] = []; export const say = (word: string) => log.push(word);`,
    );
    source('lib/always.ts', `import { say } from './shared.ts'; say('always');`);
    source(
      'lib/rare.ts',
      `import { log, say } from './shared.ts'; export function rare() { say('rare'); return log; }`,
    );
    source(
      'main.ts',
      `import './lib/always.ts'; import { say } from './lib/shared.ts';
import { writeFileSync } from 'node:fs';
declare const remember: (parts: string[]) => void;
say('main');
import('./lib/rare.ts').then(({ rare }) => {
  writeFileSync(${JSON.stringify(join(folder, 'told'))}, JSON.stringify(rare()));
  remember(['told']);
});`,
    );
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const source = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const made = (minify = true) =>
    programOf('main.ts', {
      bundle: true,
      platform: 'node',
      target: 'node24',
      absWorkingDir: folder,
      minify,
      supported: { 'dynamic-import': false },
    });

  it.each([true, false])(
    'runs: modules are there once, whichever script needs them (minified: %s)',
    async (minify) => {
      const program = await made(minify);
      expect(program.scripts.length).toBe(2);
      expect(program.scripts[0]?.modules).toContain(program.entry);
      expect(program.scripts[0]?.text).not.toContain('"rare"');
      launch(program, join(folder, 'compiled'));
      await until(10, async () => existsSync(join(folder, 'told')) || undefined);
      expect(told()).toEqual(['always', 'main', 'rare']);
    },
  );

  it('has the same digest when it is built again, and another when anything in it changes', async () => {
    const { digest } = await made();
    expect((await made()).digest).toBe(digest);
    source('lib/rare.ts', `export const rare = () => ['other'];`);
    expect((await made()).digest).not.toBe(digest);
  });
});
