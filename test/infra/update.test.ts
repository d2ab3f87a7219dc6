import {
  appOf,
  type EnvironmentInput,
  type TemplateJson,
  templatesOf,
  web,
  worker,
} from '../support/stack/example.ts';
import { type Change, changes } from '../support/stack/update.ts';

/** Everything that a running fleet lives on, and what an update may do to it. Anything else is refused. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  // A new version; no group moves to it.
  'AWS::EC2::LaunchTemplate': ['LaunchTemplateData', 'VersionDescription'],
  // A new version; fleets name the one they were born with.
  'AWS::SSM::Parameter': ['Value', 'Tags'],
  // The handler changes conditions and priority, and never what a rule does.
  'Custom::HoldfastListenerRules': ['Blue', 'Green', 'Hosts', 'Paths', 'Priority'],
  'AWS::CloudWatch::Alarm': ['Dimensions', 'Metrics', 'Tags'],
  'AWS::EC2::SecurityGroup': ['Tags'],
  'AWS::IAM::Role': ['Tags'],
  'AWS::IAM::Policy': ['PolicyDocument'],
  'AWS::Logs::LogGroup': ['RetentionInDays', 'Tags'],
};

const before: Partial<EnvironmentInput> = { tags: { team: 'shop' }, services: { web, worker } };
const synthesised = new Map<string, Record<string, TemplateJson>>();

function synthesise(environment: Partial<EnvironmentInput>): Record<string, TemplateJson> {
  const key = JSON.stringify(environment);
  const templates = synthesised.get(key) ?? templatesOf(appOf(environment));
  synthesised.set(key, templates);
  return templates;
}

function changesOf(stack: string, after: Partial<EnvironmentInput>): Change[] {
  const [old, young] = [synthesise(before)[stack], synthesise({ ...before, ...after })[stack]];
  return changes(old as TemplateJson, young as TemplateJson);
}

/** Changes of the service's stack that a live fleet would feel. */
const harmful = (found: readonly Change[]) =>
  found.filter(
    ({ type, does, properties }) =>
      does === 'replace' ||
      does === 'delete' ||
      (does === 'change' && !properties.every((name) => allowed[type]?.includes(name))),
  );

const variants: [string, Partial<EnvironmentInput>][] = [
  ['instance type', { services: { web: { ...web, instanceType: 'm7g.large' }, worker } }],
  ['image', { services: { web: { ...web, image: { id: 'ami-0123456789abcdef0' } }, worker } }],
  ['tags', { tags: { team: 'other', cost: 'center-7' } }],
  ['route', { services: { web: { ...web, route: { priority: 7, paths: ['/shop/*'] } }, worker } }],
  ['health check', { services: { web: { ...web, health: { path: '/up', intervalSeconds: 30 } }, worker } }],
  ['capacity', { services: { web: { ...web, capacity: { min: 1, max: 20 } }, worker } }],
  ['times', { services: { web: { ...web, rollout: { drainSeconds: 300 } }, worker } }],
  ['log', { services: { web: { ...web, log: { retentionDays: 14, everySeconds: 30 } }, worker } }],
  ['port', { services: { web: { ...web, port: 9090 }, worker } }],
];

describe('an update under a live fleet', () => {
  test.each(variants)('changes nothing that the fleet lives on: %s', (_, after) => {
    const found = changesOf('holdfast-test-service-web', after);
    expect(found).not.toEqual([]);
    expect(harmful(found)).toEqual([]);
  });

  test('changes nothing, all at once', () => {
    const everything: Partial<EnvironmentInput> = {
      tags: { team: 'other' },
      services: {
        web: {
          ...web,
          instanceType: 'm7g.large',
          port: 9090,
          health: { path: '/up' },
          capacity: { min: 1, max: 20 },
          route: { priority: 7, paths: ['/shop/*'] },
        },
        worker,
      },
    };
    expect(harmful(changesOf('holdfast-test-service-web', everything))).toEqual([]);
  });

  test('never touches a target group, whatever changes', () => {
    for (const [, after] of variants) {
      const touched = changesOf('holdfast-test-service-web', after).filter(
        ({ type, does }) =>
          type === 'AWS::ElasticLoadBalancingV2::TargetGroup' && does !== 'add' && does !== 'keep',
      );
      expect(touched).toEqual([]);
    }
  });

  test('keeps the old pair of target groups beside the new one for another port', () => {
    const groups = changesOf('holdfast-test-service-web', {
      services: { web: { ...web, port: 9090 }, worker },
    }).filter(({ type }) => type === 'AWS::ElasticLoadBalancingV2::TargetGroup');
    expect(groups.map(({ does }) => does).toSorted()).toEqual(['add', 'add', 'keep', 'keep']);
  });

  test('of one service leaves the other alone, and the network and the store', () => {
    const after = { services: { web: { ...web, port: 9090, instanceType: 'm7g.large' }, worker } };
    for (const stack of ['service-worker', 'network', 'store', 'rollout'])
      expect(changesOf(`holdfast-test-${stack}`, after)).toEqual([]);
  });

  test('of the tags replaces nothing in the network', () => {
    const found = changesOf('holdfast-test-network', { tags: { team: 'other' } });
    expect(found.every(({ does, properties }) => does === 'change' && properties.join() === 'Tags')).toBe(
      true,
    );
  });

  test('that gives a certificate keeps the listeners, on which the rules stand', () => {
    const certificate = 'arn:aws:acm:eu-west-1:123456789012:certificate/00000000-0000-4000-8000-000000000000';
    const found = changesOf('holdfast-test-network', { certificate });
    expect(found.filter(({ does }) => does === 'replace' || does === 'delete')).toEqual([]);
  });

  test('would be found out', () => {
    const templates = synthesise(before);
    const old = templates['holdfast-test-service-web'] as TemplateJson;
    const young: TemplateJson = JSON.parse(JSON.stringify(old));
    for (const resource of Object.values(young.Resources)) {
      if (resource.Type === 'AWS::ElasticLoadBalancingV2::TargetGroup')
        resource.Properties.HealthCheckPath = '/up';
      if (resource.Type === 'AWS::EC2::SecurityGroup') resource.Properties.GroupDescription = 'other';
    }
    expect(harmful(changes(old, young)).map(({ type, does }) => `${does} ${type}`)).toEqual([
      'replace AWS::EC2::SecurityGroup',
      'change AWS::ElasticLoadBalancingV2::TargetGroup',
      'change AWS::ElasticLoadBalancingV2::TargetGroup',
    ]);
  });
});
