import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'holdfast-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Loads in a process of its own, as the CDK app does: jest would load modules in another way. */
function load(file: string | undefined, directory = folder): { regions?: string[]; error?: string } {
  const script = `
    import { loadConfig } from ${JSON.stringify(join(root, 'lib/config/load.ts'))};
    const { environments } = await loadConfig(process.env, ${JSON.stringify(directory)}).catch((error) => {
      console.log(JSON.stringify({ error: error.message }));
      process.exit();
    });
    console.log(JSON.stringify({ regions: Object.values(environments).map(({ region }) => region) }));`;
  const env = { ...process.env, ...(file && { HOLDFAST_CONFIG: file }) };
  const answer = execFileSync(process.execPath, ['--input-type=module', '--eval', script], { env });
  return JSON.parse(answer.toString());
}

function write(name: string, config: string): string {
  const file = join(folder, name);
  writeFileSync(file, `export default ${config};\n`);
  return file;
}

const config = (region: string) =>
  `{ environments: { test: { account: '123456789012', region: '${region}', services: {} } } }`;

describe('the configuration', () => {
  test('is the example when nothing else is named', () => {
    expect(load(undefined, root)).toEqual({ regions: ['eu-west-1', 'eu-west-1'] });
  });

  test('is the file that the environment names, from the folder or from anywhere', () => {
    const file = write('other.ts', `${config('us-east-1')} as const`);
    expect(load('other.ts')).toEqual({ regions: ['us-east-1'] });
    expect(load(file, root)).toEqual({ regions: ['us-east-1'] });
  });

  test('is refused by the name of its file and the path of the key', () => {
    write('bad.mjs', config('nowhere'));
    expect(load('bad.mjs').error).toBe(
      'bad.mjs: environments.test.region: found "nowhere", expected a region such as eu-west-1',
    );
  });

  test('fails to load with the reason when the file is missing or broken', () => {
    expect(load('missing.ts').error).toMatch(/^missing.ts: could not load the configuration \(.*Cannot find/);
    write('broken.mjs', '{');
    expect(load('broken.mjs').error).toMatch(/^broken.mjs: could not load the configuration \(SyntaxError/);
  });
});
