import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { appOf, web, worker } from '../../support/stack/example.ts';

const assembly = resolve(__dirname, '../../../cdk.out');

/**
 * W3005: CDK states dependencies that a reference implies already. W3010: the zones are those of the configuration,
 * so that a stack is synthesised without asking AWS.
 */
const accepted = ['W3005', 'W3010'];

/** What the configuration of `cdk.out` does not name. */
const everything: Parameters<typeof appOf>[0] = {
  certificate: 'arn:aws:acm:eu-west-1:123456789012:certificate/00000000-0000-4000-8000-000000000000',
  internetFacing: false,
  notify: ['on-call@example.com'],
  services: {
    web: {
      ...web,
      warmPool: { min: 1 },
      image: { parameter: '/holdfast/test/web/image' },
      imageBuild: { schedule: 'cron(0 3 ? * mon *)' },
      watch: [{ paths: ['/etc/site'], unit: 'site.service', action: 'restart' }],
      refresh: { everySeconds: 300 },
      log: { retentionDays: 30 },
    },
    worker,
  },
};

describe('cfn-lint finds nothing in the templates', () => {
  test.each([
    ['of cdk.out', () => assembly],
    [
      'of an environment with image stack, warm pool and certificate',
      () => appOf(everything).synth().directory,
    ],
  ])('%s', (_, folder) => {
    const directory = folder();
    const templates = readdirSync(directory)
      .filter((file) => file.endsWith('.template.json'))
      .map((file) => join(directory, file));
    expect(templates).not.toEqual([]);
    const { status, stdout, stderr } = spawnSync(
      'cfn-lint',
      ['--ignore-checks', ...accepted, '--', ...templates],
      { encoding: 'utf8' },
    );
    expect({ status, found: stdout + stderr }).toEqual({ status: 0, found: '' });
  });
});
