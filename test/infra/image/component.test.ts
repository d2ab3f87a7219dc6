import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { bakeDocument } from '../../../lib/infra/image/component.ts';

/** Runs what a component runs on the machine. */
function run(script: string) {
  const { phases } = JSON.parse(bakeDocument('web', script));
  const { commands } = phases[0].steps[0].inputs;
  return spawnSync('bash', ['-c', commands.join('\n')], { encoding: 'utf8' });
}

// A component that fails leaves its machine, and so its file.
afterAll(() => rmSync('/var/tmp/holdfast-boot.sh', { force: true }));

test('the boot script is run as it is, quotes and all, and told to bake', () => {
  const { stdout, status } = run(`echo "it's $HOLDFAST_COMMAND" '\\n'\n`);
  expect({ stdout, status }).toEqual({ stdout: "it's bake \\n\n", status: 0 });
});

test('fails when baking fails', () => {
  expect(run('exit 7').status).toBe(7);
});
