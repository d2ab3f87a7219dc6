import { Match } from 'aws-cdk-lib/assertions';
import { onlyResource, templateOf } from '../../support/stack/example.ts';

const certificate = 'arn:aws:acm:eu-west-1:123456789012:certificate/00000000-0000-4000-8000-000000000000';
const existing = {
  id: 'vpc-0123456789abcdef0',
  zones: ['eu-west-1a', 'eu-west-1b'],
  privateSubnets: ['subnet-00000001', 'subnet-00000002'],
  publicSubnets: ['subnet-00000003', 'subnet-00000004'],
};
const listeners = (template: ReturnType<typeof templateOf>) =>
  Object.values(template.findResources('AWS::ElasticLoadBalancingV2::Listener')).map(
    ({ Properties: { Port, Protocol } }) => `${Protocol} ${Port}`,
  );
const ingress = (template: ReturnType<typeof templateOf>) =>
  (
    onlyResource(template, 'AWS::EC2::SecurityGroup').Properties.SecurityGroupIngress as {
      CidrIp: string;
      FromPort: number;
    }[]
  ).map(({ CidrIp, FromPort }) => `${CidrIp} ${FromPort}`);

describe('the network', () => {
  test('is a VPC in fixed zones with private subnets, one NAT gateway and S3 at hand', () => {
    const template = templateOf('network');
    template.resourceCountIs('AWS::EC2::Subnet', 4);
    template.resourceCountIs('AWS::EC2::NatGateway', 1);
    template.hasResourceProperties('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' });
    template.hasResourceProperties('AWS::EC2::Subnet', { AvailabilityZone: 'eu-west-1a' });
    template.hasResourceProperties('AWS::EC2::Subnet', { AvailabilityZone: 'eu-west-1b' });
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Gateway' });
    template.hasResourceProperties('AWS::EC2::FlowLog', { TrafficType: 'REJECT' });
  });

  test('takes zones by number or by name', () => {
    const zones = (wanted: number | string[]) =>
      Object.values(
        templateOf('network', { vpc: { create: { zones: wanted } } }).findResources('AWS::EC2::Subnet'),
      ).map(({ Properties }) => Properties.AvailabilityZone);
    expect(new Set(zones(3))).toEqual(new Set(['eu-west-1a', 'eu-west-1b', 'eu-west-1c']));
    expect(new Set(zones(['eu-west-1a', 'eu-west-1c']))).toEqual(new Set(['eu-west-1a', 'eu-west-1c']));
  });

  test('gives no instance a public address', () => {
    templateOf('network').allResourcesProperties('AWS::EC2::Subnet', { MapPublicIpOnLaunch: false });
  });

  test('makes nothing in a VPC that is there', () => {
    const template = templateOf('network', { vpc: existing });
    template.resourceCountIs('AWS::EC2::VPC', 0);
    template.resourceCountIs('AWS::EC2::Subnet', 0);
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Subnets: existing.publicSubnets,
      Scheme: 'internet-facing',
    });
  });
});

describe('the load balancer', () => {
  test('answers 404 on both listeners, whatever they are asked', () => {
    const template = templateOf('network');
    expect(listeners(template)).toEqual(['HTTP 80', 'HTTP 8080']);
    template.allResourcesProperties('AWS::ElasticLoadBalancingV2::Listener', {
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
    });
  });

  test('speaks HTTPS with a certificate and redirects HTTP', () => {
    const template = templateOf('network', { certificate });
    expect(listeners(template)).toEqual(['HTTPS 443', 'HTTPS 8443', 'HTTP 80']);
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Port: 443,
      Certificates: [{ CertificateArn: certificate }],
      SslPolicy: Match.stringLikeRegexp('TLS13'),
    });
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Port: 80,
      DefaultActions: [
        { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } },
      ],
    });
  });

  test('frees port 80 before the redirect takes it', () => {
    const template = templateOf('network', { certificate });
    const [production] = Object.keys(
      template.findResources('AWS::ElasticLoadBalancingV2::Listener', { Properties: { Port: 443 } }),
    );
    const [redirect] = Object.values(
      template.findResources('AWS::ElasticLoadBalancingV2::Listener', { Properties: { Port: 80 } }),
    );
    expect(redirect?.DependsOn).toContain(production);
  });

  test('holds no rule: rules are the services’, and what they do is the workflow’s', () => {
    templateOf('network').resourceCountIs('AWS::ElasticLoadBalancingV2::ListenerRule', 0);
  });

  test('lets clients in from everywhere, to the test listener only from inside', () => {
    expect(ingress(templateOf('network'))).toEqual(['0.0.0.0/0 80', '10.0.0.0/16 8080']);
    expect(ingress(templateOf('network', { certificate }))).toEqual([
      '0.0.0.0/0 443',
      '0.0.0.0/0 80',
      '10.0.0.0/16 8443',
    ]);
  });

  test('lets nobody in from outside when it faces inwards', () => {
    const template = templateOf('network', { internetFacing: false });
    expect(ingress(template)).toEqual(['10.0.0.0/16 80', '10.0.0.0/16 8080']);
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internal' });
  });

  test('takes a given VPC to be private unless its range is known', () => {
    const vpc = { ...existing, cidr: '10.9.0.0/16' };
    expect(ingress(templateOf('network', { vpc }))).toEqual(['0.0.0.0/0 80', '10.9.0.0/16 8080']);
    expect(ingress(templateOf('network', { vpc: existing }))).toEqual([
      '0.0.0.0/0 80',
      '10.0.0.0/8 8080',
      '172.16.0.0/12 8080',
      '192.168.0.0/16 8080',
    ]);
  });

  test('drops malformed headers and writes access logs', () => {
    templateOf('network').hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      LoadBalancerAttributes: Match.arrayWith([
        { Key: 'routing.http.drop_invalid_header_fields.enabled', Value: 'true' },
        { Key: 'access_logs.s3.enabled', Value: 'true' },
      ]),
    });
  });
});
