import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'holdfast-synth-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the built app with nothing of this machine's environment: no credentials, no home, no region. */
function synthesise(config?: string, more: NodeJS.ProcessEnv = {}) {
  const outdir = join(folder, 'cdk.out');
  const env = {
    CDK_OUTDIR: outdir,
    AWS_EC2_METADATA_DISABLED: 'true',
    ...(config && { HOLDFAST_CONFIG: config }),
    ...more,
  };
  const { status, stderr } = spawnSync(process.execPath, ['dist/bin/app.cjs'], { cwd: root, env });
  const files = status === 0 ? readdirSync(outdir) : [];
  return {
    status,
    stderr: stderr.toString(),
    templates: files.filter((file) => file.endsWith('.template.json')),
  };
}

describe('the built app', () => {
  test('writes the stacks of the example, with no rule broken', () => {
    const { status, stderr, templates } = synthesise();
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(templates).toEqual(
      ['prod', 'staging'].flatMap((environment) =>
        ['network', 'rollout', 'service-metrics', 'service-web', 'service-worker', 'store'].map(
          (stack) => `holdfast-${environment}-${stack}.template.json`,
        ),
      ),
    );
  });

  test('takes a changed configuration without another build', () => {
    const config = join(folder, 'one.mjs');
    writeFileSync(
      config,
      "export default { environments: { dev: { account: '123456789012', region: 'us-east-1', services: {} } } };\n",
    );
    // The rules were asked above, and take most of the time.
    expect(synthesise(config, { CDK_VALIDATION: 'false' }).templates).toContain(
      'holdfast-dev-store.template.json',
    );
  });

  test('fails with one sentence when the configuration is wrong', () => {
    const config = join(folder, 'bad.mjs');
    writeFileSync(config, 'export default { environments: { dev: {} } };\n');
    const { status, stderr } = synthesise(config);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^InvalidInput: .*bad.mjs: environments.dev.account: found nothing, expected/);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
