import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { itWith } from '../support/suite/programs.ts';

const file = join(process.cwd(), 'userdata/boot.sh');

itWith('shellcheck', 'passes shellcheck', () => {
  execFileSync('shellcheck', [file]);
});
