/**
 * The tier that needs root: boots machines. Without root, or the right to make namespaces, it says so and skips. Builds
 * what machines are made of when it is not there. `npm run test:machines`; words that follow go to jest. `--daily` runs
 * half of the files, another one each day, as `npm test` does with long matrices; `HOLDFAST_FULL=1` all of them.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { enclose } from '../lib/rehearsal/hosts/machine/enclosure.ts';
import { missingForMachines, unfitForMachines } from '../lib/rehearsal/hosts/machine/prerequisites.ts';
import { rootFileSystemScript } from '../lib/rehearsal/hosts/machine/root-file-system.ts';
import { sample } from '../test/support/suite/sample.ts';

const root = join(import.meta.dirname, '..');

/** For CI, whose minutes are few. */
const daily = '--daily';

/** Looks at everything that is left on this computer: nothing else may come and go meanwhile. */
const leftovers = 'test/machines/leftovers';

const unfit = unfitForMachines();
if (unfit === undefined) process.exitCode = await test();
else console.log(`machine tests skipped: they lack ${unfit}`);

async function test(): Promise<number> {
  if (spawnSync(rootFileSystemScript, { stdio: ['ignore', 'ignore', 'inherit'] }).status !== 0) return 1;
  const missing = missingForMachines();
  if (missing.length > 0) {
    console.error(`machine tests cannot run without ${missing.join('; ')}`);
    return 1;
  }
  await import('./ready.ts');
  const given = process.argv.slice(2);
  const words = given.filter((word) => word !== daily);
  if (words.some((word) => word.startsWith('test/machines'))) return await run(words);
  // Each run has a network of its own. One after the other on it, and two runs beside each other: machines wait a lot.
  const shards = ['1/2', '2/2'].map((shard) => run([...filesOf(given), ...words, `--shard=${shard}`]));
  const codes = await Promise.all(shards);
  codes.push(await run([leftovers, ...words]));
  return codes.find((code) => code !== 0) ?? 0;
}

/** The files to run but the last one, which needs the computer to itself. */
function filesOf(given: readonly string[]): string[] {
  const folder = 'test/machines';
  const names = readdirSync(join(root, folder)).filter((name) => name.endsWith('.test.ts'));
  const files = names.map((name) => `${folder}/${name}`).filter((file) => !file.startsWith(leftovers));
  return given.includes(daily) ? sample(files, 1 / 2) : files;
}

async function run(words: readonly string[]): Promise<number> {
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  const options = ['--runInBand', '--testPathIgnorePatterns', 'node_modules'];
  return await enclose([process.execPath, jest, ...words, ...options], 'kill');
}
