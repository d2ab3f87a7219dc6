import { parameterNames } from '../../../lib/config/resource-names.ts';
import { parseSettings } from '../../../lib/config/settings.ts';
import { estimateBytes } from '../../../lib/infra/service/settings-parameter.ts';
import {
  appOf,
  emptyStack,
  onlyResource,
  type ServiceInput,
  templateOf,
  web,
  worker,
} from '../../support/stack/example.ts';

/** The parameter's value as CloudFormation would write it, each reference by its name. */
function settings(kind: 'web' | 'worker', service: Partial<ServiceInput> = {}) {
  const services = { web, worker, [kind]: { ...(kind === 'web' ? web : worker), ...service } };
  const { Properties } = onlyResource(templateOf(`service-${kind}`, { services }), 'AWS::SSM::Parameter');
  const value = Properties.Value as { 'Fn::Join': [string, (string | object)[]] };
  const text = value['Fn::Join'][1]
    .map((part) => (typeof part === 'string' ? part : `<${nameOf(part)}>`))
    .join('');
  return { name: Properties.Name, ...parseSettings(text, 'the settings') };
}

function nameOf(reference: object): string {
  const [value] = Object.values(reference) as [string | string[] | { OutputName: string }];
  if (typeof value === 'string') return value.replace(/[0-9A-F]{8}$/, '');
  return Array.isArray(value)
    ? String(value[1])
    : value.OutputName.replace(/^PublishOutputRef|[0-9A-F]{16}$/g, '');
}

describe('the settings', () => {
  test('fit their schema and stand under their name', () => {
    expect(settings('web').name).toBe(parameterNames('test', 'web').settings);
    expect(settings('web')).toMatchObject({
      schema: 1,
      environment: 'test',
      service: 'web',
      role: 'web',
      roleId: '<RoleId>',
      bucket: 'holdfast-test-123456789012',
      port: 8080,
      capacity: { min: 2, max: 4 },
      launchTemplate: { id: '<launchtemplate>', build: expect.stringMatching(/^[0-9a-f]{64}$/) },
      subnets: ['<vpcprivateSubnet1Subnet>', '<vpcprivateSubnet2Subnet>'],
      balancer: {
        rule: '<RuleArn>',
        testRule: '<TestRuleArn>',
        targetGroups: { blue: '<targetsbluehttp8080>', green: '<targetsgreenhttp8080>' },
      },
    });
  });

  test('say how often the log is shipped, and not how long it is kept', () => {
    expect(settings('web').log).toEqual({ everySeconds: 60 });
    expect(settings('web', { log: { everySeconds: 20, retentionDays: 7 } }).log).toEqual({
      everySeconds: 20,
    });
  });

  test('name no load balancer for a service without a route', () => {
    expect(settings('worker')).not.toHaveProperty('balancer');
    expect(settings('worker')).not.toHaveProperty('health');
  });

  test('give a service with a route a health check, the default one when none is configured', () => {
    const { health: _, ...unhealthy } = web;
    expect(settings('web').health?.path).toBe('/health');
    const services = { web: unhealthy };
    const { Properties } = onlyResource(templateOf('service-web', { services }), 'AWS::SSM::Parameter');
    expect(JSON.stringify(Properties.Value)).toContain('\\"health\\":{\\"path\\":\\"/\\"');
  });

  test('name the build of the launch template that belongs to them', () => {
    const template = templateOf('service-web');
    const { Properties } = onlyResource(template, 'AWS::EC2::LaunchTemplate');
    expect(settings('web').launchTemplate.build).toBe(Properties.VersionDescription);
  });

  test('are refused when they would not fit a parameter', () => {
    const repositories = Object.fromEntries(
      ['one', 'two', 'three', 'four'].map((name) => [
        name,
        { url: 'https://git.example.com/a.git', branch: 'main', commands: { build: 'x'.repeat(1000) } },
      ]),
    );
    expect(() => appOf({ services: { web: { ...web, repositories } } })).toThrow(
      /services.web: its settings would have up to \d+ bytes, a parameter holds at most 4096; most room takes repositories 4\d\d\d, /,
    );
  });

  test('carry how the machines are kept in their role', () => {
    const machine: Partial<ServiceInput> = {
      repositories: { ...web.repositories, states: { url: 'https://git.example.com/s.git', branch: 'main' } },
      configuration: 'states',
      provision: { tool: 'salt' },
      states: 'follow',
      refresh: { everySeconds: 300 },
      watch: [{ paths: ['/etc/site'], unit: 'site.service' }],
      values: { TOKEN: { secret: 'site/token' } },
    };
    expect(settings('web', machine)).toMatchObject({
      provision: { tool: 'salt', states: '.', pillar: 'pillar', timeoutSeconds: 1200 },
      states: 'follow',
      refresh: { everySeconds: 300 },
      watch: [{ paths: ['/etc/site'], unit: 'site.service', action: 'restart' }],
      values: { TOKEN: { secret: 'site/token' } },
    });
  });

  test('count a reference at its longest', () => {
    const stack = emptyStack();
    expect(estimateBytes(stack, 'ü')).toBe(2);
    expect(estimateBytes(stack, `ab${stack.stackId}`)).toBe(202);
  });
});
