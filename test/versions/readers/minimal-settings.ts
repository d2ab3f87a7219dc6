import type { Settings } from '../../../lib/config/settings.ts';

/** What the least that settings could say meant: a fleet that was born with it lives by these defaults. */
export const minimalSettings: Settings = {
  schema: 1,
  environment: 'prod',
  service: 'jobs',
  tier: 'middle',
  role: 'jobs',
  roleId: 'AROAEXAMPLE',
  root: '/srv/holdfast',
  bucket: 'holdfast-prod-123456789012',
  repositories: {
    jobs: { url: 'https://git.example.com/shop/jobs.git', branch: 'main', overlay: 'none' },
  },
  log: { everySeconds: 60 },
  capacity: { min: 1, max: 1 },
  scaling: {},
  launchTemplate: { id: 'lt-0123456789abcdef0', build: '0123456789ab' },
  subnets: ['subnet-0123456789abcdef0'],
  rollout: {
    pollSeconds: 5,
    readySeconds: 900,
    ruleSeconds: 30,
    inServiceSeconds: 300,
    drainSeconds: 30,
    terminateSeconds: 900,
    restoreSeconds: 900,
    launchHookSeconds: 900,
    terminateHookSeconds: 60,
  },
};
