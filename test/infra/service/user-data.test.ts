import { readFileSync } from 'node:fs';
import { userData } from '../../../lib/infra/service/user-data.ts';
import { emptyStack, fakeAssets, onlyResource, templateOf } from '../../support/stack/example.ts';

const digest = 'a'.repeat(64);
const told = { environment: 'test', service: 'web', role: 'web', bucket: 'store' };
const render = (bootScript: string, settings = {}) =>
  emptyStack().resolve(userData({ ...told, settings }, { ...fakeAssets(), bootScript }))['Fn::Base64'];

describe('user-data', () => {
  test('is the boot script with the init information on one line', () => {
    expect(render("echo '@INIT@'\n")).toBe(`echo '${JSON.stringify({ ...told, agent: digest })}'\n`);
  });

  test('names a Node by the words of `uname -m`, and another branch of the configuration', () => {
    const node = { arm64: { sha256: 'b'.repeat(64) }, x86_64: { sha256: 'c'.repeat(64) } };
    expect(JSON.parse(render('@INIT@', { node, configurationBranch: 'next' }))).toEqual({
      ...told,
      agent: digest,
      aarch64: 'b'.repeat(64),
      x86_64: 'c'.repeat(64),
      configurationBranch: 'next',
    });
  });

  test('has at most 5 KB and 80 lines with everything in it', () => {
    const script = readFileSync('userdata/boot.sh', 'utf8');
    const sha256 = 'b'.repeat(64);
    const longest = {
      environment: 'e'.repeat(28),
      service: 's'.repeat(28),
      role: 'r'.repeat(28),
      bucket: 'b'.repeat(50),
      settings: {
        node: { arm64: { sha256 }, x86_64: { sha256 } },
        configurationBranch: 'a-branch-for-development',
      },
    };
    const { 'Fn::Base64': text } = emptyStack().resolve(
      userData(longest, { ...fakeAssets(), bootScript: script }),
    );
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(5120);
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(80);
  });

  test('is plain text in the template: an instance gets it byte for byte', () => {
    const { Properties } = onlyResource(templateOf('service-web'), 'AWS::EC2::LaunchTemplate');
    const { UserData } = Properties.LaunchTemplateData as { UserData: { 'Fn::Base64': unknown } };
    expect(UserData['Fn::Base64']).toEqual(expect.stringContaining('"bucket":"holdfast-test-123456789012"'));
  });

  test('refuses a boot script without a place for the init information, or with two', () => {
    expect(() => render('echo\n')).toThrow('found 0 times @INIT@, expected it once');
    expect(() => render('@INIT@ @INIT@')).toThrow('found 2 times @INIT@, expected it once');
  });

  test('refuses more than EC2 takes', () => {
    expect(() => render(`@INIT@${'#'.repeat(16_384)}`)).toThrow('EC2 takes at most 16384');
  });
});
