import type { Settings } from '../../lib/config/settings.ts';
import { weights } from '../../lib/local-aws/model/elb/rule.ts';
import type { Simulation } from '../../lib/simulation/simulation.ts';
import { update } from '../support/story/permissions.ts';
import { deployed, live, recorded, served, simulate } from '../support/story/simulate.ts';

/** What invariants say of requests cannot hold while somebody sends them elsewhere. */
const meddled = { invariants: [] };

function forwardTo({ world, truth }: Simulation, colour: 'blue' | 'green'): void {
  const { rule, targetGroups } = truth.settings.balancer ?? {};
  const TargetGroups = [{ TargetGroupArn: targetGroups?.[colour], Weight: 100 }];
  world.elb.modifyRule({ RuleArn: rule, Actions: [{ Type: 'forward', ForwardConfig: { TargetGroups } }] });
}

test('weights moved by hand at rest: the sweep gives the traffic back', async () => {
  await simulate(meddled, async (simulation) => {
    const v1 = await deployed(simulation);
    forwardTo(simulation, 'green');
    expect(served(simulation)).toEqual([]);
    await simulation.time.advance(600_000);
    expect(served(simulation)).toEqual([v1, v1]);
    expect(simulation.truth.journal?.state).toBe('closed');
  });
});

test('a rule that was made to forward although nothing is deployed answers 503 again', async () => {
  await simulate(meddled, async (simulation) => {
    const first = simulation.deploy({ commit: 'f'.repeat(40) });
    await simulation.ending(first);
    forwardTo(simulation, 'blue');
    await simulation.time.advance(600_000);
    expect(simulation.truth.weights?.size).toBe(0);
  });
});

test('a rule deleted by hand: the sweep fails with what to do, and a route with another priority brings it back', async () => {
  await simulate(meddled, async (simulation) => {
    const v1 = await deployed(simulation);
    const { world, truth, time } = simulation;
    const { balancer } = truth.settings;
    const { listener, conditions, priority = 0 } = world.elb.rules.find(balancer?.rule);
    world.elb.deleteRule({ RuleArn: balancer?.rule });
    const before = simulation.failures;
    await time.advance(400_000);
    expect(simulation.failures).toBeGreaterThan(before);
    expect(simulation.story.toString()).toContain(
      "change the priority of the service's route and deploy its stack, which makes the rule again",
    );
    // As the custom resource does, which finds no rule of the service.
    const TargetGroups = [{ TargetGroupArn: balancer?.targetGroups.blue, Weight: 100 }];
    const made = world.elb.createRule({
      ListenerArn: listener,
      Priority: priority + 1,
      Conditions: conditions,
      Actions: [{ Type: 'forward', ForwardConfig: { TargetGroups } }],
      Tags: [
        { Key: 'holdfast:environment', Value: truth.environment },
        { Key: 'holdfast:service', Value: truth.service },
      ],
    });
    const rule = made.Rules?.[0]?.RuleArn ?? '';
    update(simulation, (settings) => withRule(settings, rule));
    expect(served(simulation)).toEqual([v1, v1]);
    const v2 = await deployed(simulation);
    expect(served(simulation)).toEqual([v2, v2]);
  });
});

function withRule(settings: Settings, rule: string): Settings {
  return { ...settings, ...(settings.balancer && { balancer: { ...settings.balancer, rule } }) };
}

test('the idle target group stands in the test rule: nobody takes it for a leftover', async () => {
  await simulate({}, async (simulation) => {
    await deployed(simulation);
    const { world, truth } = simulation;
    const { testRule, targetGroups } = truth.settings.balancer ?? {};
    expect(weights(world.elb.rules.find(testRule))).toEqual(
      new Map([
        [targetGroups?.blue, 100],
        [targetGroups?.green, 0],
      ]),
    );
    expect(() => world.elb.deleteTargetGroup({ TargetGroupArn: targetGroups?.green })).toThrow('in use');
  });
});

test('an idle target group that was deleted all the same: refused with what to do, production untouched', async () => {
  await simulate({}, async (simulation) => {
    const v1 = await deployed(simulation);
    const { world, truth } = simulation;
    const { testRule, targetGroups } = truth.settings.balancer ?? {};
    const TargetGroups = [{ TargetGroupArn: targetGroups?.blue, Weight: 100 }];
    world.elb.modifyRule({
      RuleArn: testRule,
      Actions: [{ Type: 'forward', ForwardConfig: { TargetGroups } }],
    });
    world.elb.deleteTargetGroup({ TargetGroupArn: targetGroups?.green });
    simulation.push();
    expect(await simulation.ending(simulation.deploy())).toMatchObject({
      error: 'AwsFailed',
      cause: expect.stringMatching(/found none, .* change the port of the service, which makes another pair/),
    });
    expect(served(simulation)).toEqual([v1, v1]);
  });
});

describe('a route that is added to a deployed worker', () => {
  /** The service lives without a route, and gets it with the next settings. */
  async function routed(simulation: Simulation, whole: Settings | undefined): Promise<string> {
    const first = await deployed(simulation);
    if (!whole) throw new Error('the simulation was not asked for settings');
    const { balancer, health, port } = whole;
    update(simulation, (settings) => ({ ...settings, balancer, health, port }));
    return first;
  }

  const withoutRoute = (keep: (whole: Settings) => void) => ({
    ...meddled,
    settings: (whole: Settings) => {
      if (whole.service === 'web') keep(whole);
      const { balancer: _, ...rest } = whole;
      return rest;
    },
  });

  test.each(['answers 503', 'forwards to the recorded colour'])(
    'locks nothing when its new rule %s: a deployment fails, is stopped, capacity changes, the next one serves',
    async (rule) => {
      let whole: Settings | undefined;
      const options = withoutRoute((settings) => {
        whole ??= settings;
      });
      await simulate(options, async (simulation) => {
        const v1 = await routed(simulation, whole);
        if (rule !== 'answers 503') forwardTo(simulation, 'blue');
        await simulation.time.advance(600_000);
        expect(simulation.truth.weights?.size).toBe(0);
        expect(await simulation.ending(simulation.deploy({ commit: 'f'.repeat(40) }))).toMatchObject({
          status: 'FAILED',
        });
        simulation.push();
        const stopped = simulation.deploy();
        await simulation.done(stopped, 'shift');
        simulation.abort(stopped);
        update(simulation, (settings) => ({ ...settings, capacity: { min: 3, max: 6 } }));
        await simulation.time.advance(1_800_000);
        expect(simulation.truth.journal?.state).toBe('closed');
        expect([recorded(simulation), simulation.truth.fleets().length]).toEqual([v1, 1]);
        expect(simulation.truth.fleet(live(simulation))?.desired).toBe(3);
        const next = await deployed(simulation);
        expect(served(simulation)).toEqual([next, next, next]);
      });
    },
  );
});
