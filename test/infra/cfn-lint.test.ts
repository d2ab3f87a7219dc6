import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const assembly = resolve(__dirname, '../../cdk.out');
const isThere = spawnSync('cfn-lint', ['--version'], { stdio: 'ignore' }).status === 0;

/**
 * W3005: CDK states dependencies that a reference implies already. W3010: the zones are those of the configuration,
 * so that a stack is synthesised without asking AWS.
 */
const accepted = ['W3005', 'W3010'];

const suite = isThere ? describe : describe.skip;

suite(`the templates of cdk.out${isThere ? '' : ' (cfn-lint is not installed here)'}`, () => {
  test('cfn-lint finds nothing in them', () => {
    const templates = readdirSync(assembly)
      .filter((file) => file.endsWith('.template.json'))
      .map((file) => join(assembly, file));
    expect(templates).not.toEqual([]);
    const { status, stdout, stderr } = spawnSync(
      'cfn-lint',
      ['--ignore-checks', ...accepted, '--', ...templates],
      { encoding: 'utf8' },
    );
    expect({ status, found: stdout + stderr }).toEqual({ status: 0, found: '' });
  }, 120_000);
});
