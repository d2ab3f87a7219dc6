import { type Config, checkConfig } from '../../lib/config/schema.ts';

const service = {
  tier: 'web',
  repositories: { site: { url: 'https://git.example.com/site.git', branch: 'main' } },
  port: 8080,
  route: { priority: 10, paths: ['/*'] },
};

const environment = { account: '111122223333', region: 'eu-west-1', services: { web: service } };

const withService = (change: object): unknown => ({
  environments: { prod: { ...environment, services: { web: { ...service, ...change } } } },
});
const withEnvironment = (change: object): unknown => ({
  environments: { prod: { ...environment, ...change } },
});
const checking = (config: unknown) => () => checkConfig(config, 'holdfast.config.ts');

function web(config: Config) {
  const found = config.environments.prod?.services.web;
  if (!found) throw new Error('no service web');
  return found;
}

it('fills in every default', () => {
  const checked = web(checkConfig(withService({}), 'c'));
  expect(checked).toMatchObject({
    capacity: { min: 1, max: 1 },
    root: '/srv/holdfast',
    instanceType: 't4g.small',
    rollout: { pollSeconds: 5, drainSeconds: 30 },
    repositories: { site: { overlay: 'none' } },
  });
});

it('takes several environments, a branch of its own each', () => {
  const branch = {
    ...service,
    repositories: { site: { url: 'https://git.example.com/site.git', branch: 'feature/x' } },
  };
  const config = checkConfig(
    { environments: { prod: environment, 'feature-x': { ...environment, services: { web: branch } } } },
    'c',
  );
  expect(Object.keys(config.environments)).toEqual(['prod', 'feature-x']);
});

it.each<[string, unknown, string]>([
  [
    'an unknown key by name',
    withService({ portt: 1 }),
    'environments.prod.services.web: unknown key "portt"',
  ],
  [
    'an unknown tier',
    withService({ tier: 'edge' }),
    'services.web.tier: found "edge", expected "web" or "middle" or "data" or "monitoring"',
  ],
  [
    'no repository',
    withService({ repositories: {} }),
    'services.web.repositories: found {}, expected at least one repository',
  ],
  [
    'a hostile branch',
    withService({ repositories: { site: { url: 'https://g/x', branch: '--upload-pack=x' } } }),
    'repositories.site.branch: found "--upload-pack=x"',
  ],
  [
    'a secret in a url',
    withService({ repositories: { site: { url: 'https://u:p@g/x', branch: 'main' } } }),
    'name a secret under credentials',
  ],
  [
    'a git scheme',
    withService({ repositories: { site: { url: 'ext::sh', branch: 'main' } } }),
    'scheme ext is refused',
  ],
  [
    'a route without port',
    withService({ port: undefined }),
    'services.web.port: found nothing, expected a port',
  ],
  [
    'min above max',
    withService({ capacity: { min: 3, max: 2 } }),
    'capacity: found {"min":3,"max":2}, expected min not above max',
  ],
  [
    'six condition values',
    withService({ route: { priority: 1, hosts: ['a', 'b', 'c'], paths: ['/1', '/2', '/3'] } }),
    'at most 5 hosts and paths together',
  ],
  ['a route of nothing', withService({ route: { priority: 1 } }), 'at least one host or path'],
  [
    'an unknown configuration repository',
    withService({ configuration: 'states' }),
    'configuration: found "states", expected one of the repositories: site',
  ],
  [
    'request scaling without a route',
    withService({ route: undefined, scaling: { requestsPerTarget: 10 } }),
    'no requestsPerTarget without a route',
  ],
  [
    'a schedule of images in words',
    withService({ imageBuild: { schedule: 'every week' } }),
    'imageBuild.schedule: found "every week", expected a schedule such as cron(0 3 ? * mon *)',
  ],
  [
    'a warm pool of running instances',
    withService({ warmPool: { state: 'running' } }),
    'warmPool.state: found "running", expected "stopped"',
  ],
  [
    'a warm pool with min above max',
    withService({ warmPool: { min: 3, max: 2 } }),
    'warmPool: found {"min":3,"max":2,"state":"stopped"}, expected min not above max',
  ],
  [
    'hosts that record behind a load balancer',
    withService({ record: 'instances' }),
    'none with record: "instances", because nothing moves traffic between releases',
  ],
  [
    'hosts that record with a warm pool',
    withService({ record: 'instances', route: undefined, warmPool: {} }),
    'none with record: "instances", because its machines would wait on an old release',
  ],
  ['another recorder', withService({ record: 'hosts' }), 'record: found "hosts", expected "instances"'],
  [
    'a drain that outlives its fleet',
    withService({ drain: { command: 'finish', deadlineSeconds: 871 } }),
    'drain: found 871, expected a deadlineSeconds of at most 870',
  ],
  [
    'a slow check',
    withService({ health: { intervalSeconds: 5, checkTimeoutSeconds: 5 } }),
    'checkTimeoutSeconds below intervalSeconds',
  ],
  [
    'waits that outgrow an execution',
    withService({ rollout: { pollSeconds: 1 } }),
    'rollout.pollSeconds: found 1, expected a longer pause or shorter deadlines',
  ],
  ['a fraction', withService({ rollout: { drainSeconds: 1.5 } }), 'rollout.drainSeconds: found 1.5'],
  [
    'a short account',
    withEnvironment({ account: '1' }),
    'environments.prod.account: found "1", expected an account id of 12 digits',
  ],
  ['a half VPC', withEnvironment({ vpc: { id: 'vpc-12345678' } }), 'environments.prod.vpc.zones'],
  ['a name with capitals', { environments: { Prod: environment } }, 'environments'],
  ['nothing', undefined, 'holdfast.config.ts: found nothing'],
])('refuses %s', (_, config, message) => {
  expect(checking(config)).toThrow(message);
});

describe('targets of the load balancer', () => {
  const sized = (max: number, more = {}) => ({ ...service, capacity: { min: 1, max }, ...more });
  const services = {
    shop: sized(300, { route: { priority: 1, paths: ['/shop'] } }),
    web: sized(401, { route: { priority: 2, paths: ['/*'] } }),
    jobs: sized(1000, { route: undefined, port: undefined }),
  };

  it('are refused beyond the quota, the largest service counted twice, by the names of the services', () => {
    expect(checking(withEnvironment({ services }))).toThrow(
      'balancerTargets: found 1000, expected at least 1102 targets: shop 300, web 401 at most, and the largest twice',
    );
  });

  it('fit exactly, or the account has a raised quota', () => {
    expect(
      checking(
        withEnvironment({
          services: { ...services, shop: { ...services.shop, capacity: { min: 1, max: 198 } } },
        }),
      ),
    ).not.toThrow();
    expect(checking(withEnvironment({ services, balancerTargets: 1102 }))).not.toThrow();
    expect(checking(withEnvironment({ services, balancerTargets: 1101 }))).toThrow('found 1101');
  });
});

it('refuses one priority twice, naming the other service', () => {
  expect(checking(withEnvironment({ services: { web: service, api: service } }))).toThrow(
    'services.api.route.priority: found 10, expected a unique priority; service web already uses it',
  );
});

it.each([
  ['http://git.internal/shop.git', false],
  ['http://10.0.0.7/shop.git', false],
  ['http://127.0.0.1:8080/shop.git', true],
  ['http://[::1]/shop.git', true],
  ['https://git.internal/shop.git', true],
  ['ssh://git@git.internal/shop.git', true],
])('sends credentials to %s: %s', (url, isTaken) => {
  const site = { url, branch: 'main', credentials: { secret: 'git' } };
  const check = checking(withEnvironment({ services: { web: { ...service, repositories: { site } } } }));
  if (isTaken) expect(check).not.toThrow();
  else
    expect(check).toThrow(
      /environments\.prod\.services\.web\.repositories\.site\.credentials: found .*, expected credentials with https or ssh, not with http; use https for /,
    );
});

it('refuses more services with routes than a load balancer holds', () => {
  const many = Object.fromEntries(
    Array.from({ length: 51 }, (_, index) => [
      `s${index}`,
      { ...service, route: { priority: index + 1, paths: ['/*'] } },
    ]),
  );
  expect(checking(withEnvironment({ services: many }))).toThrow('at most 50 services with a route');
});
