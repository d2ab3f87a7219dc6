import { templateOf } from '../../support/stack/example.ts';
import { actionsOf, allowing, statementsOf } from '../../support/stack/policies.ts';

const template = templateOf('rollout');
const names = Object.values(template.findResources('AWS::Lambda::Function')).map(({ Properties }) =>
  String(Properties.FunctionName).replace('holdfast-test-', ''),
);
const statements = (name: string) => statementsOf(template, `functions${name.replaceAll('-', '')}role`);
/** Steps that may do something. */
const whoMay = (action: string) => names.filter((name) => actionsOf(statements(name)).includes(action));

describe('the rights of the steps', () => {
  test('are not empty: every function has its own', () => {
    for (const name of names) expect(actionsOf(statements(name)).length).toBeGreaterThan(3);
  });

  test('let a few write the record, and only those: record commits, restore rolls forward', () => {
    const writers = names.filter((name) =>
      allowing(statements(name), 'ssm:PutParameter').some(({ resources }) =>
        resources.includes('arn:aws:ssm:eu-west-1:123456789012:parameter/holdfast/test/*/deployed'),
      ),
    );
    expect(writers).toEqual(['record', 'restore']);
  });

  test('let nobody write settings', () => {
    for (const name of names)
      for (const { resources } of allowing(statements(name), 'ssm:PutParameter'))
        expect(resources.join()).not.toMatch(/settings|\/\*$/);
  });

  test('let boot make fleets, and restore again one that is lost; they pass no role but that of instances', () => {
    expect(whoMay('autoscaling:CreateAutoScalingGroup')).toEqual(['boot', 'restore']);
    expect(whoMay('iam:PassRole')).toEqual(['boot', 'restore']);
    expect(allowing(statements('boot'), 'iam:PassRole')).toEqual([
      {
        actions: ['iam:PassRole'],
        resources: ['arn:aws:iam::123456789012:role/holdfast/test/instances/*'],
        condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
      },
    ]);
  });

  test('let only settle and the custom resource end fleets', () => {
    expect(whoMay('autoscaling:DeleteAutoScalingGroup').toSorted()).toEqual([
      'check-terminated',
      'listener-rules',
    ]);
  });

  test('let only the custom resource make and remove rules', () => {
    expect(whoMay('elasticloadbalancing:CreateRule')).toEqual(['listener-rules']);
    expect(whoMay('elasticloadbalancing:DeleteRule')).toEqual(['listener-rules']);
  });

  test('let few start the settle machine, and nobody a rollout', () => {
    expect(whoMay('states:StartExecution').toSorted()).toEqual(['prepare', 'sweep']);
    for (const name of ['prepare', 'sweep'])
      expect(
        allowing(statements(name), 'states:StartExecution').flatMap(({ resources }) => resources),
      ).toEqual(['arn:aws:states:eu-west-1:123456789012:stateMachine:holdfast-test-settle']);
  });

  test('change nothing outside the environment', () => {
    const reading = /:(Describe|Get|List)/;
    for (const name of names) {
      const open = statements(name).filter(
        ({ resources, actions, condition }) =>
          resources.includes('*') && !condition && !actions.every((action) => reading.test(action)),
      );
      expect(open).toEqual([]);
    }
  });

  test('fit an inline policy: IAM takes 10,240 characters a role', () => {
    for (const { Properties } of Object.values(template.findResources('AWS::IAM::Policy')))
      expect(JSON.stringify(Properties.PolicyDocument).length).toBeLessThan(10_240);
  });

  test('hold no wildcard among the actions', () => {
    for (const name of names) expect(actionsOf(statements(name)).join()).not.toContain('*');
  });

  test('let EC2 resolve the image parameters in use, and no other', () => {
    expect(allowing(statements('boot'), 'ssm:GetParameters').flatMap(({ resources }) => resources)).toEqual([
      'arn:aws:ssm:eu-west-1::parameter/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64',
    ]);
  });
});
