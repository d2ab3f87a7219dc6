import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAssembly } from '../../../lib/local-aws/cloudformation/assembly.ts';

describe('a cloud assembly', () => {
  let folder: string;

  const write = (name: string, value: unknown) => writeFileSync(join(folder, name), JSON.stringify(value));
  const stack = (name: string, dependencies: string[] = []) => ({
    type: 'aws:cloudformation:stack',
    environment: 'aws://222222222222/eu-west-1',
    dependencies,
    properties: { templateFile: 'one.template.json', stackName: name },
  });

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
    write('manifest.json', {
      artifacts: {
        web: stack('holdfast-staging-service-web', ['store', 'assets']),
        store: stack('holdfast-staging-store'),
        prod: stack('holdfast-prod-store'),
        'holdfast-staging-network': { ...stack(''), properties: { templateFile: 'one.template.json' } },
        assets: { type: 'cdk:asset-manifest', properties: { file: 'one.assets.json' } },
        tree: { type: 'cdk:tree' },
      },
    });
    write('one.template.json', { Resources: {} });
    const file = (path: string, objectKey: string) => ({
      source: { path },
      destinations: { here: { objectKey } },
    });
    write('one.assets.json', { files: { a: file('asset.a', 'a.zip'), b: file('asset.b', 'b.zip') } });
    mkdirSync(join(folder, 'asset.a'));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it('gives the stacks of one environment, dependencies first', () => {
    const { stacks } = readAssembly(folder, 'staging');
    expect(stacks.map(({ name }) => name)).toEqual([
      'holdfast-staging-store',
      'holdfast-staging-service-web',
      'holdfast-staging-network',
    ]);
    expect(stacks[0]).toMatchObject({
      account: '222222222222',
      region: 'eu-west-1',
      template: { Resources: {} },
    });
  });

  it('finds assets by their keys', () => {
    expect(readAssembly(folder, 'staging').asset('a.zip')).toBe(join(folder, 'asset.a'));
  });

  it('refuses a missing asset, a missing environment and a folder that holds no assembly', () => {
    expect(() => readAssembly(folder, 'staging').asset('b.zip')).toThrow('found no asset b.zip');
    expect(() => readAssembly(folder, 'other')).toThrow('found no stack of environment other');
    expect(() => readAssembly(join(folder, 'asset.a'), 'staging')).toThrow('run `npm run synth`');
  });
});
