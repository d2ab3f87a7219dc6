/**
 * One states repository, three ways to run it: all roles on one machine, load-balanced web servers, and each role on
 * machines of its own. `HOLDFAST_CONFIG=examples/topologies.config.ts npm run synth`
 */
import { type ConfigInput, defineConfig } from '../lib/config/schema.ts';

type Services = ConfigInput['environments'][string]['services'];

const states = { url: 'https://git.example.com/platform/states.git', branch: 'main' };
const jobs = { url: 'https://git.example.com/shop/jobs.git', branch: 'main' };
const site = {
  url: 'https://git.example.com/shop/site.git',
  branch: 'main',
  commands: { build: 'node build.mjs' },
};

/** What all services share: the states that bring their machines into their roles. */
const machine = { configuration: 'states', provision: { tool: 'ansible' } } as const;
const webServer = {
  port: 8080,
  health: { path: '/health', intervalSeconds: 5, checkTimeoutSeconds: 2 },
  route: { priority: 100, hosts: ['shop.example.com'] },
};
const pair = { min: 2, max: 2 };

const web: Services[string] = {
  ...machine,
  ...webServer,
  tier: 'web',
  repositories: { site, states },
  start: 'systemctl restart site',
  capacity: pair,
};

/** Each role on machines of its own; the workers find the queue by a parameter. */
const decoupled: Services = {
  web,
  queue: { ...machine, tier: 'data', repositories: { states }, port: 5672, health: { path: '/health' } },
  worker: {
    ...machine,
    tier: 'middle',
    repositories: { jobs, states },
    start: 'systemctl restart jobs',
    values: { QUEUE_URL: { parameter: '/shop/decoupled/queue-url' } },
    capacity: pair,
  },
};

/** All on one machine, for development and test. */
const single: Services = {
  shop: {
    ...machine,
    ...webServer,
    tier: 'web',
    role: 'everything',
    repositories: { site, jobs, states },
    start: 'systemctl restart site jobs',
    values: { QUEUE_URL: { value: 'http://127.0.0.1:5672' } },
  },
};

const place = { account: '333333333333', region: 'eu-west-1' };

export default defineConfig({
  environments: {
    single: { ...place, services: single },
    balanced: { ...place, services: { web } },
    decoupled: { ...place, services: decoupled },
  },
});
