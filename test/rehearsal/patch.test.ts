import { settingsSchema } from '../../lib/config/settings.ts';
import { type Changes, patchFor } from '../../lib/rehearsal/patch.ts';

const settings = {
  schema: 1,
  environment: 'staging',
  service: 'web',
  tier: 'web',
  role: 'web',
  roleId: 'AROA1',
  root: '/srv/holdfast',
  bucket: 'store',
  repositories: {
    states: { url: 'https://git.example.com/states.git', branch: 'main', credentials: { secret: 's' } },
    site: {
      url: 'https://git.example.com/site.git',
      branch: 'main',
      overlay: 'required',
      commands: { build: 'npm ci' },
    },
    extra: { artifact: true },
  },
  configuration: 'states',
  start: 'systemctl restart site',
  port: 8080,
  health: { path: '/health', timeoutSeconds: 60 },
  capacity: { min: 4, max: 9 },
  scaling: { cpuPercent: 60 },
  launchTemplate: { id: 'lt-1', build: 'digest' },
  subnets: ['subnet-1'],
  balancer: { rule: 'r', testRule: 't', targetGroups: { blue: 'b', green: 'g' } },
  rollout: {},
};

const changes: Changes = {
  service: 'web',
  url: 'http://127.0.0.1:1/site.git',
  branch: 'trunk',
  statesUrl: 'http://127.0.0.1:1/states.git',
  withOverlay: false,
  start: 'start it',
  healthPath: '/up',
  healthSeconds: 7,
  readySeconds: 61,
  instances: 2,
  ruleLag: 1.5,
  port: 18080,
};

const parameter = (value: object, name = '/holdfast/staging/web/settings') => ({
  Name: name,
  Type: 'String',
  Value: JSON.stringify(value),
});
const patched = (given: Partial<Changes> = {}, value: object = settings) =>
  settingsSchema.parse(
    JSON.parse(String(patchFor({ ...changes, ...given })('AWS::SSM::Parameter', parameter(value)).Value)),
  );

describe('what a rehearsal changes', () => {
  it('is where the repositories come from, how the service starts, its health, its size, its port and its times', () => {
    const { repositories, start, health, capacity, port, rollout, ...rest } = patched();
    expect(repositories).toEqual({
      site: { url: changes.url, branch: 'trunk', overlay: 'none' },
      states: { url: changes.statesUrl, branch: 'main', overlay: 'none' },
    });
    expect({ start, port, capacity }).toEqual({
      start: 'start it',
      port: 18080,
      capacity: { min: 2, max: 3 },
    });
    expect(health).toMatchObject({ path: '/up', timeoutSeconds: 7, intervalSeconds: 5 });
    expect(rollout).toMatchObject({ pollSeconds: 1, drainSeconds: 2, readySeconds: 61, ruleSeconds: 3 });
    expect(rest).toMatchObject({
      launchTemplate: { id: 'lt-1', build: 'digest' },
      balancer: settings.balancer,
      root: '/srv/holdfast',
    });
  });

  it('leaves out how a machine is brought into its role and kept in it: nothing here is a machine of its own', () => {
    const machine = {
      provision: { tool: 'salt' },
      states: 'follow',
      refresh: { everySeconds: 300 },
      watch: [{ paths: ['/etc/site'], unit: 'site.service' }],
      values: { TOKEN: { secret: 'site/token' } },
    };
    expect(patched({}, { ...settings, ...machine })).toEqual(patched());
  });

  it('takes an overlay and a build command when there are any', () => {
    expect(patched({ withOverlay: true, build: 'make' }).repositories.site).toMatchObject({
      overlay: 'optional',
      commands: { build: 'make' },
    });
  });

  it('is the port of the target groups of the service, and of no other', () => {
    const group = (service: string) => ({ Port: 8080, Tags: [{ Key: 'holdfast:service', Value: service }] });
    const patch = patchFor(changes);
    expect(patch('AWS::ElasticLoadBalancingV2::TargetGroup', group('web')).Port).toBe(18080);
    expect(patch('AWS::ElasticLoadBalancingV2::TargetGroup', group('metrics')).Port).toBe(8080);
  });

  it('is nothing else', () => {
    const patch = patchFor(changes);
    const other = parameter(settings, '/holdfast/staging/other/settings');
    expect(patch('AWS::SSM::Parameter', other)).toBe(other);
    const template = { LaunchTemplateData: {} };
    expect(patch('AWS::EC2::LaunchTemplate', template)).toBe(template);
  });

  it('refuses a service without a route, and what the settings do not take', () => {
    expect(() => patched({}, { ...settings, balancer: undefined })).toThrow('service web: found no route');
    expect(() => patched({ healthPath: 'up' })).toThrow('health.path: found "up"');
  });
});
