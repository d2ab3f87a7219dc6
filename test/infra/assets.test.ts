import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { projectAssets } from '../../lib/infra/assets.ts';
import { appOf, fakeAssets } from '../support/stack/example.ts';

const root = resolve(__dirname, '../..');
const lambdas = join(root, 'dist/lambda');
/** Most bytes of a Lambda bundle: a start from cold reads all of it. */
const bundleBytes = 1.75 * 1024 * 1024;

describe('the bundles of the Lambdas', () => {
  test.each(readdirSync(lambdas))('%s is small and comes with its source map', (name) => {
    expect(statSync(join(lambdas, name, 'index.mjs')).size).toBeLessThan(bundleBytes);
    expect(existsSync(join(lambdas, name, 'index.mjs.map'))).toBe(true);
  });

  test('are all deployed, and nothing else is', () => {
    const used = new Set<string>();
    const assets = fakeAssets();
    appOf(
      {},
      {
        ...assets,
        lambda(name) {
          used.add(name);
          return assets.lambda(name);
        },
      },
    );
    expect([...used].toSorted()).toEqual(readdirSync(lambdas).toSorted());
  });

  test('carry the agent to the store', () => {
    const agent = statSync(join(root, 'dist/agent/holdfast-agent'));
    expect(statSync(join(lambdas, 'agent-object/holdfast-agent')).size).toBe(agent.size);
  });
});

describe('the assets of a project', () => {
  const project = mkdtempSync(join(tmpdir(), 'holdfast-project-'));
  for (const folder of ['dist/agent', 'dist/lambda/boot', 'userdata'])
    mkdirSync(join(project, folder), { recursive: true });
  writeFileSync(join(project, 'dist/agent/holdfast-agent'), 'agent');
  writeFileSync(join(project, 'userdata/boot.sh'), '@INIT@');
  afterAll(() => rmSync(project, { recursive: true }));

  test('are the agent by its digest, the boot script, and a folder per Lambda', () => {
    const assets = projectAssets(project);
    expect(assets.agentSha256).toBe('d4f0bc5a29de06b510f9aa428f1eedba926012b591fef7a518e776a7c9bd1824');
    expect(assets.bootScript).toBe('@INIT@');
    expect(assets.lambda('boot')).toBe(join(project, 'dist/lambda/boot'));
  });

  test('refuse what was not built, and say how to build it', () => {
    expect(() => projectAssets(project).lambda('shift')).toThrow(
      'found no dist/lambda/shift, expected it to be built; run `npm run build`',
    );
  });
});
