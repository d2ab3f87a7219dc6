/**
 * The tier that needs root: boots machines. Without root, or the right to make namespaces, it says so and skips. Builds
 * what machines are made of when it is not there. Words that follow go to jest. `npm run test:machines`.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { enclose } from '../lib/rehearsal/hosts/machine/enclosure.ts';
import { missingForMachines, unfitForMachines } from '../lib/rehearsal/hosts/machine/needs.ts';
import { rootFileSystemScript } from '../lib/rehearsal/hosts/machine/root-file-system.ts';

const root = join(import.meta.dirname, '..');

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
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  const words = process.argv.slice(2);
  const tests = words.some((word) => word.startsWith('test/machines')) ? words : ['test/machines', ...words];
  // One after the other: they share a network, and two cores.
  const options = ['--runInBand', '--testPathIgnorePatterns', 'node_modules'];
  return await enclose([process.execPath, jest, ...tests, ...options], 'kill');
}
