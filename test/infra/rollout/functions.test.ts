import { otherSteps, rolloutSteps, settleSteps } from '../../../lib/rollout/contract.ts';
import { templateOf } from '../../support/stack/example.ts';

const functions = Object.values(templateOf('rollout').findResources('AWS::Lambda::Function')).map(
  ({ Properties }) => Properties,
);

describe('the functions', () => {
  test('are one per step and that of the custom resource', () => {
    expect(functions.map(({ FunctionName }) => FunctionName).toSorted()).toEqual(
      [...rolloutSteps, ...settleSteps, ...otherSteps, 'listener-rules']
        .map((name) => `holdfast-test-${name}`)
        .toSorted(),
    );
  });

  test('run Node 24 on arm64 and know the environment', () => {
    for (const { Runtime, Architectures, Environment } of functions) {
      expect(Runtime).toBe('nodejs24.x');
      expect(Architectures).toEqual(['arm64']);
      expect(Environment.Variables).toEqual({
        HOLDFAST_ENVIRONMENT: 'test',
        HOLDFAST_BUCKET: 'holdfast-test-123456789012',
        HOLDFAST_SETTLE_MACHINE: 'arn:aws:states:eu-west-1:123456789012:stateMachine:holdfast-test-settle',
        NODE_OPTIONS: '--enable-source-maps',
      });
    }
  });

  test('end after a minute, so that a late writer is soon over; only the custom resource waits longer', () => {
    const timeouts = Object.fromEntries(
      functions.map(({ FunctionName, Timeout }) => [FunctionName, Timeout]),
    );
    const { 'holdfast-test-listener-rules': resource, ...steps } = timeouts;
    expect(resource).toBe(900);
    expect(new Set(Object.values(steps))).toEqual(new Set([60]));
  });

  test('log into groups of their own that forget', () => {
    const template = templateOf('rollout');
    const groups = Object.values(template.findResources('AWS::Logs::LogGroup'));
    expect(groups.map(({ Properties }) => Properties.LogGroupName)).toContain('/holdfast/test/boot');
    for (const { Properties } of groups) expect(Properties.RetentionInDays).toBe(180);
  });
});
