/** Writes cdk.out without credentials and network. `npm run synth`. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
run('scripts/build.ts');
// Stacks and bundles of earlier configurations would stay in it.
rmSync(join(root, 'cdk.out'), { recursive: true, force: true });
run('dist/bin/app.cjs', { CDK_OUTDIR: join(root, 'cdk.out') });
copyFileSync(join(root, 'dist/.sources'), join(root, 'cdk.out/.sources'));

function run(script: string, env: NodeJS.ProcessEnv = {}): void {
  const { status } = spawnSync(process.execPath, [join(root, script)], {
    stdio: 'inherit',
    cwd: root,
    env: { ...process.env, ...env },
  });
  if (status !== 0) process.exit(status ?? 1);
}
