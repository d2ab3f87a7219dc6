import { type EnvironmentInput, web, worker } from './example.ts';

/** An environment with every kind of resource that production can live on. */
export const everything: Partial<EnvironmentInput> = {
  tags: { team: 'shop' },
  certificate: 'arn:aws:acm:eu-west-1:123456789012:certificate/00000000-0000-4000-8000-000000000000',
  notify: ['on-call@example.com'],
  services: {
    web: {
      ...web,
      repositories: {
        site: {
          url: 'https://git.example.com/shop/site.git',
          branch: 'main',
          overlay: 'optional',
          commands: { build: 'npm ci --omit=dev' },
          credentials: { secret: 'shop/git' },
        },
        states: { url: 'https://git.example.com/platform/states.git', branch: 'main' },
      },
      configuration: 'states',
      provision: { tool: 'salt' },
      start: 'systemctl restart site',
      drain: { command: 'site drain' },
      image: { parameter: '/holdfast/test/web/image' },
      imageBuild: { schedule: 'cron(0 3 ? * mon *)' },
      warmPool: { min: 1 },
      scaling: { cpuPercent: 60, requestsPerTarget: 1000 },
      values: {
        STAGE: { value: 'test' },
        DATABASE: { parameter: '/shop/database' },
        TOKEN: { secret: 'shop/site', key: 'token' },
      },
    },
    worker,
  },
};
