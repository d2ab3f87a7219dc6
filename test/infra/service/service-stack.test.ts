import type { Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { appOf, onlyResource, type Resource, templateOf, web } from '../../support/stack/example.ts';

describe('the custom resource of a service', () => {
  test('gets listeners, conditions, priority and target groups', () => {
    const services = { web: { ...web, route: { priority: 7, hosts: ['a.example.com'], paths: ['/x/*'] } } };
    const { Properties } = onlyResource(
      templateOf('service-web', { services }),
      'Custom::HoldfastListenerRules',
    );
    expect(Properties).toMatchObject({
      Environment: 'test',
      Service: 'web',
      Priority: '7',
      Hosts: ['a.example.com'],
      Paths: ['/x/*'],
      ServiceTimeout: '960',
    });
    expect(Object.keys(Properties)).toEqual(
      expect.arrayContaining(['Listener', 'TestListener', 'Blue', 'Green', 'ServiceToken']),
    );
  });

  test('is there for a service without a route, too: its deletion ends the fleets', () => {
    const { Properties } = onlyResource(templateOf('service-worker'), 'Custom::HoldfastListenerRules');
    expect(Object.keys(Properties).toSorted()).toEqual([
      'Environment',
      'Service',
      'ServiceTimeout',
      'ServiceToken',
    ]);
  });

  test('goes before what its fleets live on', () => {
    const template = templateOf('service-web');
    const { DependsOn = [] } = onlyResource(template, 'Custom::HoldfastListenerRules');
    const types = (template.toJSON().Resources ?? {}) as Record<string, Resource>;
    expect(DependsOn.map((id) => types[id]?.Type).toSorted()).toEqual([
      'AWS::EC2::LaunchTemplate',
      'AWS::IAM::InstanceProfile',
      'AWS::IAM::Policy',
      'AWS::IAM::Role',
      'AWS::Logs::LogGroup',
    ]);
  });
});

describe('the security group of a service', () => {
  test('lets in the load balancer alone, on every port, so that no update cuts off a live fleet', () => {
    const ingress = (port: number) =>
      onlyResource(
        templateOf('service-web', { services: { web: { ...web, port } } }),
        'AWS::EC2::SecurityGroup',
      ).Properties.SecurityGroupIngress;
    expect(ingress(8080)).toEqual([
      expect.objectContaining({ FromPort: 0, ToPort: 65_535, SourceSecurityGroupId: expect.anything() }),
    ]);
    expect(ingress(9090)).toEqual(ingress(8080));
  });
});

describe('the alarms of a service', () => {
  test('watch both target groups and lead to the runbook', () => {
    const template = templateOf('service-web');
    const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
      ({ Properties }) => Properties,
    );
    expect(alarms.map(({ AlarmName }) => AlarmName).toSorted()).toEqual([
      'holdfast-test-web-blue-errors',
      'holdfast-test-web-blue-unhealthy',
      'holdfast-test-web-green-errors',
      'holdfast-test-web-green-unhealthy',
      'holdfast-test-web-nobody-healthy',
    ]);
    for (const { AlarmDescription, AlarmActions } of alarms) {
      expect(AlarmDescription).toMatch(/Runbook: docs\/runbook\.md#(target|nobody)/);
      expect(AlarmActions).toHaveLength(1);
    }
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'holdfast-test-web-nobody-healthy',
      Metrics: Match.arrayWith([Match.objectLike({ Expression: 'FILL(blue, 0) + FILL(green, 0)' })]),
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'ignore',
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'UnHealthyHostCount',
      Dimensions: [
        { Name: 'LoadBalancer', Value: Match.anyValue() },
        {
          Name: 'TargetGroup',
          Value: { 'Fn::GetAtt': [Match.stringLikeRegexp('blue'), 'TargetGroupFullName'] },
        },
      ],
    });
  });

  test('are not there without a load balancer', () => {
    templateOf('service-worker').resourceCountIs('AWS::CloudWatch::Alarm', 0);
  });
});

describe('a service that does not say who has the role of its instances', () => {
  const warned = (metadata?: 'root' | 'service') => {
    const { metadata: _, ...silent } = web;
    const app = appOf({ services: { web: { ...silent, ...(metadata ? { metadata } : {}) } } });
    const stack = app.node.findChild('holdfast-test-service-web') as Stack;
    const message = Match.stringLikeRegexp("only root on its instances .* metadata: 'service'");
    return Annotations.fromStack(stack).findWarning('*', message).length;
  };

  test('is warned of', () => {
    expect([warned(), warned('root'), warned('service')]).toEqual([1, 0, 0]);
  });
});
