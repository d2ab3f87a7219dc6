import { type ConfigInput, defineConfig } from './lib/config/schema.ts';

type Services = ConfigInput['environments'][string]['services'];

/** The configuration repository: the states that turn a bare machine into its role. */
const states = { url: 'https://git.example.com/platform/states.git', branch: 'main' };

/** Node 24.21.0, for images whose distribution has none that is new enough: the executables of the npm packages node-linux-*. */
const node = {
  arm64: { sha256: '0f8949d1028f6d61506b2d5bc57e7e6fe893d7b1997509b7847294fc9c616584' },
  x86_64: { sha256: '7fde7b8afa198da66257f42ee2001d874c7355631e6d1579a5fb5ef1f246df4c' },
};

/**
 * Brought into their role by masterless Salt, which `image` has to carry: the standard image does not. Only root has the
 * role of an instance.
 */
const machine = { configuration: 'states', provision: { tool: 'salt' }, metadata: 'root' } as const;

/** What both environments run; sizes and host names differ. */
function services(host: string, size: { min: number; max: number }): Services {
  return {
    web: {
      tier: 'web',
      repositories: {
        site: {
          url: 'https://git.example.com/shop/site.git',
          branch: 'main',
          overlay: 'optional',
          commands: { build: 'npm ci --omit=dev' },
        },
        states,
      },
      ...machine,
      node,
      start: 'systemctl restart site',
      values: { TOKEN: { secret: 'shop/site', key: 'token' } },
      watch: [{ paths: ['/etc/site', '/etc/holdfast/values.env'], unit: 'site.service' }],
      refresh: { everySeconds: 300 },
      capacity: size,
      scaling: { cpuPercent: 60 },
      port: 8080,
      health: { path: '/health' },
      route: { priority: 100, hosts: [host] },
    },
    worker: {
      tier: 'middle',
      repositories: {
        jobs: { url: 'https://git.example.com/shop/jobs.git', branch: 'main' },
        states,
      },
      ...machine,
      node,
      start: 'systemctl restart jobs',
      capacity: size,
      instanceType: 't4g.medium',
    },
    metrics: {
      tier: 'monitoring',
      repositories: {
        dashboards: { url: 'https://git.example.com/platform/dashboards.git', branch: 'main' },
        states,
      },
      ...machine,
      node,
      start: 'systemctl restart metrics',
      port: 3000,
      health: { path: '/api/health' },
      route: { priority: 200, hosts: [`metrics.${host}`] },
    },
  };
}

export default defineConfig({
  environments: {
    prod: {
      account: '111111111111',
      region: 'eu-west-1',
      certificate: 'arn:aws:acm:eu-west-1:111111111111:certificate/00000000-0000-4000-8000-000000000000',
      tags: { team: 'shop', stage: 'prod' },
      notify: ['on-call@example.com'],
      services: services('shop.example.com', { min: 2, max: 8 }),
    },
    staging: {
      account: '222222222222',
      region: 'eu-west-1',
      vpc: { create: { cidr: '10.1.0.0/16' } },
      tags: { team: 'shop', stage: 'staging' },
      services: services('staging.shop.example.com', { min: 1, max: 2 }),
    },
  },
});
