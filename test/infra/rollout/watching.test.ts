import { Match } from 'aws-cdk-lib/assertions';
import { templateOf } from '../../support/stack/example.ts';

const template = templateOf('rollout', { notify: ['on-call@example.com'] });
const sweep = { Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('functionssweepfunction'), 'Arn'] } };

describe('the sweep', () => {
  test('comes after every execution of both machines that ended badly', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.states'],
        'detail-type': ['Step Functions Execution Status Change'],
        detail: {
          stateMachineArn: [
            { Ref: Match.stringLikeRegexp('^rolloutmachine') },
            { Ref: Match.stringLikeRegexp('^settlemachine') },
          ],
          status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
        },
      },
      Targets: [Match.objectLike(sweep)],
    });
  });

  test('comes every five minutes, because events are lost', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(5 minutes)',
      State: 'ENABLED',
      Targets: [Match.objectLike(sweep)],
    });
  });
});

describe('the alarms of the workflow', () => {
  test('are these, and each leads to its entry in the runbook', () => {
    const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
      ({ Properties }) => Properties,
    );
    expect(alarms.map(({ AlarmName }) => AlarmName).toSorted()).toEqual([
      'holdfast-test-balancer-errors',
      'holdfast-test-deployment-failed',
      'holdfast-test-journal-overdue',
      'holdfast-test-settle-failed',
      'holdfast-test-sweep-failed',
    ]);
    for (const { AlarmName, AlarmDescription, AlarmActions } of alarms) {
      expect(AlarmDescription).toMatch(/^[A-Z].*\. Runbook: docs\/runbook\.md#/);
      expect(AlarmDescription).toContain(`#${AlarmName.replace('holdfast-test-', '')}`);
      expect(AlarmActions).toEqual([{ Ref: expect.stringMatching(/^alarmstopic/) }]);
    }
  });

  test('count executions that failed, timed out or were stopped', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'holdfast-test-deployment-failed',
      Metrics: Match.arrayWith([
        Match.objectLike({ Expression: 'FILL(failed, 0) + FILL(timedOut, 0) + FILL(aborted, 0)' }),
      ]),
    });
  });

  test('reach people through an encrypted topic that takes TLS only', () => {
    template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.anyValue() });
    template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'on-call@example.com',
    });
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          Match.objectLike({ Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' } }),
        ]),
      },
    });
  });
});
