/** The tier that needs root: boots machines. Without root it says so and skips. `npm run test:machines`. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const tests = join(root, 'test/machines');

if (process.getuid?.() !== 0) {
  console.log('machine tests skipped: they boot containers and need root');
} else if (!existsSync(tests)) {
  console.log('machine tests skipped: there are none yet');
} else {
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  const { status } = spawnSync(
    process.execPath,
    [jest, '--testPathIgnorePatterns', 'node_modules', '--', tests],
    { stdio: 'inherit', cwd: root },
  );
  process.exitCode = status ?? 1;
}
