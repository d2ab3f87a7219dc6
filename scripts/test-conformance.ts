/**
 * The tier that compares with other programs: moto with the local AWS, cfn-lint with the templates. Names the programs
 * that are not installed and skips their tests. `npm run test:conformance`.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const folder = 'test/conformance/foreign';

/** Programs with the tests that need them. */
const programs = { moto_server: 'moto', 'cfn-lint': 'cfn-lint' };

const isThere = (program: string) => spawnSync(program, ['--help'], { stdio: 'ignore' }).status === 0;
const all = Object.entries(programs);
const there = all.filter(([program]) => isThere(program));
for (const [program] of all.filter((each) => !there.includes(each)))
  console.log(
    `conformance tests skipped: they lack ${program}; \`pip install ${packageOf(program)}\` brings it`,
  );
if (there.length > 0) process.exitCode = await test(there.map(([, name]) => `${folder}/${name}.test.ts`));

function packageOf(program: string): string {
  return program === 'moto_server' ? "'moto[server]'" : program;
}

async function test(files: readonly string[]): Promise<number> {
  await import('./ready.ts');
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  const options = ['--testPathIgnorePatterns', 'node_modules'];
  const { status } = spawnSync(process.execPath, [jest, ...files, ...options], {
    cwd: root,
    stdio: 'inherit',
  });
  return status ?? 1;
}
