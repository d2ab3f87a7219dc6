import { parameterNames } from '../../lib/config/resource-names.ts';
import { listenerRules } from '../../lib/custom-resource/listener-rules.ts';
import type { Colour } from '../../lib/release/colour.ts';
import { formatRecord } from '../../lib/release/record.ts';
import { type Stage, stage } from '../support/fleet/custom-resource.ts';
import { forward } from '../support/local-aws/world.ts';

function recordColour({ world }: Stage, colour?: Colour): void {
  const record = {
    schema: 1 as const,
    release: { site: { branch: 'main', commit: 'a'.repeat(40) } },
    verified: true,
    deployment: 'd-1',
    by: 'ci',
    at: '2026-11-22T10:00:00Z',
    ...(colour && { colour }),
  };
  world.ssm.seed(parameterNames('test', 'web').deployed, formatRecord(record, 'the record'));
}

const unrouted = { Environment: 'test', Service: 'web' };

describe('creating the rules of a service', () => {
  test('answers 503 in production and tests blue while nothing is recorded', async () => {
    const at = stage();
    const { id, attributes } = await listenerRules(at.deps)({ type: 'Create', properties: at.properties() });
    expect(id).toBe('holdfast-test-web');
    expect(attributes?.RuleArn).toMatch(/listener-rule/);
    expect(attributes?.TestRuleArn).not.toBe(attributes?.RuleArn);
    expect(at.rules(at.listener)).toEqual(['100 shop.example.com: answers 503']);
    expect(at.rules(at.testListener)).toEqual(['100 shop.example.com: blue 100, green 0']);
  });

  test('gives all traffic to the recorded colour', async () => {
    const at = stage();
    recordColour(at, 'green');
    at.fleet('holdfast-test-web-green-1', 'web', [at.groups.green]);
    await listenerRules(at.deps)({ type: 'Create', properties: at.properties() });
    expect(at.rules(at.listener)).toEqual(['100 shop.example.com: green 100']);
    expect(at.rules(at.testListener)).toEqual(['100 shop.example.com: green 100, blue 0']);
  });

  test('answers 503 when the recorded fleet was born without a route: nobody is behind the target groups', async () => {
    const at = stage();
    recordColour(at, 'green');
    at.fleet('holdfast-test-web-green-1', 'web', []);
    await listenerRules(at.deps)({ type: 'Create', properties: at.properties() });
    expect(at.rules(at.listener)).toEqual(['100 shop.example.com: answers 503']);
  });

  test('takes a record without a colour for a service that nothing stands behind yet', async () => {
    const at = stage();
    recordColour(at);
    await listenerRules(at.deps)({ type: 'Create', properties: at.properties() });
    expect(at.rules(at.listener)).toEqual(['100 shop.example.com: answers 503']);
  });

  test('makes no second pair when it is done twice', async () => {
    const at = stage();
    const request = { type: 'Create' as const, properties: at.properties() };
    const first = await listenerRules(at.deps)(request);
    expect(await listenerRules(at.deps)(request)).toEqual(first);
    expect(at.rules(at.listener)).toHaveLength(1);
    expect(at.rules(at.testListener)).toHaveLength(1);
  });

  test('makes the rule that is missing when an earlier attempt made one', async () => {
    const at = stage();
    const { attributes } = await listenerRules(at.deps)({ type: 'Create', properties: at.properties() });
    at.world.elb.deleteRule({ RuleArn: attributes?.TestRuleArn });
    const again = await listenerRules(at.deps)({ type: 'Create', properties: at.properties() });
    expect(again.attributes?.RuleArn).toBe(attributes?.RuleArn);
    expect(at.rules(at.testListener)).toEqual(['100 shop.example.com: blue 100, green 0']);
  });

  test('fails when the priority belongs to someone else', async () => {
    const at = stage();
    await listenerRules(at.deps)({ type: 'Create', properties: at.properties({ Service: 'other' }) });
    await expect(listenerRules(at.deps)({ type: 'Create', properties: at.properties() })).rejects.toThrow(
      /could not create a rule/,
    );
  });

  test('refuses a record that nobody can read', async () => {
    const at = stage();
    at.world.ssm.seed(parameterNames('test', 'web').deployed, 'garbage');
    await expect(listenerRules(at.deps)({ type: 'Create', properties: at.properties() })).rejects.toThrow(
      'parameter /holdfast/test/web/deployed: not JSON',
    );
  });

  test('has nothing to make for a service without a route', async () => {
    const at = stage();
    expect(await listenerRules(at.deps)({ type: 'Create', properties: unrouted })).toEqual({
      id: 'holdfast-test-web',
    });
    expect(at.rules(at.listener)).toEqual([]);
  });
});

describe('updating the rules of a service', () => {
  async function created(): Promise<Stage & { rule: string }> {
    const at = stage();
    const { attributes } = await listenerRules(at.deps)({ type: 'Create', properties: at.properties() });
    return { ...at, rule: attributes?.RuleArn as string };
  }

  test('changes conditions and priority, and never what the rules do', async () => {
    const at = await created();
    at.world.elb.modifyRule({
      RuleArn: at.rule,
      Actions: [forward({ [at.groups.green]: 90, [at.groups.blue]: 10 })],
    });
    const after = at.properties({ Priority: '7', Hosts: [], Paths: ['/a/*', '/b/*'] });
    const { attributes } = await listenerRules(at.deps)({
      type: 'Update',
      properties: after,
      old: at.properties(),
    });
    expect(attributes?.RuleArn).toBe(at.rule);
    expect(at.rules(at.listener)).toEqual(['7 /a/* /b/*: green 90, blue 10']);
    expect(at.rules(at.testListener)).toEqual(['7 /a/* /b/*: blue 100, green 0']);
  });

  test('leaves the traffic alone when the target groups are others', async () => {
    const at = await created();
    at.world.elb.modifyRule({ RuleArn: at.rule, Actions: [forward({ [at.groups.green]: 100 })] });
    recordColour(at, 'blue');
    const after = at.properties({ Blue: 'arn:new-blue', Green: 'arn:new-green' });
    await listenerRules(at.deps)({ type: 'Update', properties: after, old: at.properties() });
    expect(at.rules(at.listener)).toEqual(['100 shop.example.com: green 100']);
  });

  test('makes rules for a service that gets a route', async () => {
    const at = stage();
    await listenerRules(at.deps)({ type: 'Update', properties: at.properties(), old: unrouted });
    expect(at.rules(at.listener)).toHaveLength(1);
  });

  test('removes the rules of a service that loses its route', async () => {
    const at = await created();
    await listenerRules(at.deps)({ type: 'Update', properties: unrouted, old: at.properties() });
    expect(at.rules(at.listener)).toEqual([]);
    expect(at.rules(at.testListener)).toEqual([]);
  });

  test('refuses to take the route from a fleet that serves', async () => {
    const at = await created();
    at.fleet('holdfast-test-web-blue-1');
    await expect(
      listenerRules(at.deps)({ type: 'Update', properties: unrouted, old: at.properties() }),
    ).rejects.toThrow(
      'service web: its route cannot be removed while holdfast-test-web-blue-1 serves behind it; put the route back',
    );
    expect(at.rules(at.listener)).toHaveLength(1);
  });

  test('refuses two rules that carry the service’s tags, and names them', async () => {
    const at = await created();
    const tags = at.world.elb.describeTags({ ResourceArns: [at.rule] }).TagDescriptions?.[0]?.Tags;
    at.world.elb.createRule({
      ListenerArn: at.listener,
      Priority: 8,
      Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/*'] } }],
      Actions: [forward({ [at.groups.green]: 100 })],
      Tags: tags,
    });
    await expect(
      listenerRules(at.deps)({ type: 'Update', properties: at.properties(), old: at.properties() }),
    ).rejects.toThrow(/service web: found 2 rules on arn:.*expected one/);
  });
});

describe('the properties', () => {
  test('are refused by name when they do not fit', async () => {
    const at = stage();
    await expect(
      listenerRules(at.deps)({ type: 'Create', properties: at.properties({ Priority: 'high' }) }),
    ).rejects.toThrow(/properties of the listener rules: Priority/);
    await expect(listenerRules(at.deps)({ type: 'Create', properties: { Service: 'web' } })).rejects.toThrow(
      /properties of the listener rules: Environment: found nothing/,
    );
  });
});
