import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { appOf, web, worker } from '../support/stack/example.ts';
import { sample } from '../support/suite/sample.ts';

const secret = { url: 'https://git.example.com/a.git', branch: 'main', credentials: { secret: 'git' } };
const certificate = 'arn:aws:acm:eu-west-1:123456789012:certificate/00000000-0000-4000-8000-000000000000';
const services = { web, worker: { ...worker, repositories: { secret } } };

describe('the rules of the library and of cdk-nag', () => {
  const { CDK_VALIDATION } = process.env;
  beforeAll(() => Object.assign(process.env, { CDK_VALIDATION: 'true' }));
  afterAll(() => Object.assign(process.env, { CDK_VALIDATION }));

  const variants: [string, Parameters<typeof appOf>[0]][] = [
    ['with HTTP', { services }],
    ['with HTTPS', { services, certificate, notify: ['on-call@example.com'] }],
    ['facing inwards', { services, internetFacing: false }],
    ['with images', { services: { web: { ...web, imageBuild: { schedule: 'rate(7 days)' } } } }],
  ];

  test.each(sample(variants, 1 / 4))('find nothing %s', (_, environment) => {
    const app = appOf(environment);
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    expect(() => app.synth()).not.toThrow();
  });

  test('would find something', () => {
    const app = appOf({ services });
    const checks = new AwsSolutionsChecks(app);
    const store = app.node
      .findChild('holdfast-test-network')
      .node.findChild('balancer')
      .node.findChild('group');
    for (const entry of [...store.node.metadata]) Object.assign(entry, { data: {} });
    expect(checks.validateScope(app).violations.map(({ ruleName }) => ruleName)).toEqual([
      'AwsSolutions-EC23',
    ]);
  });
});
