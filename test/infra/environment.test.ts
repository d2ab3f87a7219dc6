import { Stack } from 'aws-cdk-lib';
import { appOf, type Resource, templatesOf } from '../support/stack/example.ts';

const boundary = 'arn:aws:iam::123456789012:policy/boundary';
const all = (environment: Parameters<typeof appOf>[0]): Resource[] =>
  Object.values(templatesOf(appOf(environment))).flatMap(({ Resources }) => Object.values(Resources));

describe('everything of an environment', () => {
  test('has the permissions boundary on every role', () => {
    const roles = all({ permissionsBoundary: boundary }).filter(({ Type }) => Type === 'AWS::IAM::Role');
    expect(roles.length).toBeGreaterThan(20);
    for (const { Properties } of roles) expect(Properties.PermissionsBoundary).toBe(boundary);
  });

  test('has no boundary when none is configured', () => {
    for (const { Properties } of all({})) expect(Properties).not.toHaveProperty('PermissionsBoundary');
  });

  test('carries the tags of the environment', () => {
    const resources = all({ tags: { team: 'shop' } });
    for (const type of ['AWS::S3::Bucket', 'AWS::EC2::VPC', 'AWS::Lambda::Function', 'AWS::IAM::Role']) {
      const tagged = resources.filter(({ Type }) => Type === type);
      expect(tagged.length).toBeGreaterThan(0);
      for (const { Properties } of tagged) {
        expect(Properties.Tags).toEqual(
          expect.arrayContaining([
            { Key: 'holdfast:environment', Value: 'test' },
            { Key: 'team', Value: 'shop' },
          ]),
        );
      }
    }
  });

  test.each([
    ['is', {}, true],
    ['is not', { terminationProtection: false }, false],
  ])('%s protected from deletion: %p', (_, environment, isProtected) => {
    const stacks = appOf(environment).node.children.filter((child) => child instanceof Stack);
    expect(stacks.length).toBeGreaterThan(4);
    expect(stacks.filter((stack) => stack.terminationProtection === isProtected)).toEqual(stacks);
    const balancers = all(environment).filter(({ Type }) => Type.endsWith('::LoadBalancer'));
    expect(balancers.map(({ Properties }) => Properties.LoadBalancerAttributes)).toEqual([
      expect.arrayContaining([{ Key: 'deletion_protection.enabled', Value: String(isProtected) }]),
    ]);
  });

  test('makes no group, no rule and no record', () => {
    const types = new Set(all({}).map(({ Type }) => Type));
    expect(types).not.toContain('AWS::AutoScaling::AutoScalingGroup');
    expect(types).not.toContain('AWS::ElasticLoadBalancingV2::ListenerRule');
    const parameters = all({}).filter(({ Type }) => Type === 'AWS::SSM::Parameter');
    expect(parameters.map(({ Properties }) => Properties.Name)).toEqual([
      '/holdfast/test/web/settings',
      '/holdfast/test/worker/settings',
    ]);
  });
});
