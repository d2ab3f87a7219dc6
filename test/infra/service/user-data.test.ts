import { App, Stack } from 'aws-cdk-lib';
import { userData } from '../../../lib/infra/service/user-data.ts';
import { fakeAssets, onlyResource, templateOf } from '../example.ts';

const init = {
  environment: 'test',
  service: 'web',
  region: 'eu-west-1',
  bucket: 'store',
  root: '/srv/holdfast',
};
const render = (bootScript: string) =>
  new Stack(new App()).resolve(userData(init, { ...fakeAssets(), bootScript }))['Fn::Base64'];

describe('user-data', () => {
  test('is the boot script with the init information on one line', () => {
    const digest = 'a'.repeat(64);
    const agent = { key: `agent/${digest}/holdfast-agent`, sha256: digest };
    expect(render("echo '@INIT@'\n")).toBe(`echo '${JSON.stringify({ ...init, agent })}'\n`);
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
