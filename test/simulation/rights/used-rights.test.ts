import { parameterNames } from '../../../lib/config/resource-names.ts';
import { otherSteps, rolloutSteps, settleSteps } from '../../../lib/rollout/contract.ts';
import type { Outcome } from '../../../lib/simulation/hosts/outcome.ts';
import { dieAt } from '../../../lib/simulation/interruptions.ts';
import type { SimulationOptions } from '../../../lib/simulation/options.ts';
import type { Simulation } from '../../../lib/simulation/simulation.ts';
import {
  newTargetGroup,
  putOverlay,
  recordByHand,
  resource,
  stackIs,
  update,
} from '../../support/story/permissions.ts';
import { byCommit, deployed, live, outputOf, simulate } from '../../support/story/simulate.ts';
import { granted, noteRights, type Used } from '../../support/story/used-permissions.ts';

const functions = [...rolloutSteps, ...settleSteps, ...otherSteps, 'listener-rules'];
const used: Used = new Map();
/** What each function and the instances may do, as synthesised. */
const rights = new Map<string, string[]>();

/** A story in which everybody acts under a role; every right that is used is noted. */
async function story(
  tell: (simulation: Simulation) => Promise<unknown>,
  options: Partial<SimulationOptions> = {},
  expected: readonly RegExp[] = [],
): Promise<void> {
  await simulate({ checksRights: true, ...options }, async (simulation) => {
    const { iam, ec2 } = simulation.world;
    const refused = noteRights(simulation.world, used);
    for (const name of functions) {
      const role = iam.session(`holdfast-prod-${name}`)?.role;
      if (role) rights.set(name, granted(role));
    }
    const instances = iam.role(ec2.profiles.all()[0]?.role ?? '');
    if (instances) rights.set('instance', granted(instances));
    await tell(simulation);
    expect(refused).toEqual(expected.map((each) => expect.stringMatching(each)));
  });
}

describe('under their roles', () => {
  it('steps raise the candidate and size what is live', async () => {
    await story(async (simulation) => {
      await deployed(simulation);
      simulation.push();
      const second = simulation.deploy();
      await simulation.done(second, 'boot');
      simulation.scale(live(simulation), 3);
      await simulation.begins(second, 'check-in-service');
      simulation.scale(live(simulation), 4);
      expect(await simulation.ending(second)).toMatchObject({ status: 'SUCCEEDED' });
    });
  });

  it('what serves already is recognised', async () => {
    await story(async (simulation) => {
      await deployed(simulation);
      expect(await outputOf(simulation, simulation.deploy())).toMatchObject({ result: 'unchanged' });
    });
  });

  it('overlays are found and obtained', async () => {
    await story(async (simulation) => {
      putOverlay(simulation, simulation.push());
      expect(await simulation.ending(simulation.deploy())).toMatchObject({ status: 'SUCCEEDED' });
    });
  });

  it.each(['never healthy', 'hangs'] as const)(
    'evidence is kept and a fleet ended that %s',
    async (outcome) => {
      const outcomes = new Map<string, Outcome>();
      await story(async (simulation) => {
        await deployed(simulation);
        outcomes.set(simulation.push(), outcome);
        expect(await simulation.ending(simulation.deploy())).toMatchObject({ status: 'FAILED' });
      }, byCommit(outcomes));
    },
  );

  it.each(['check-health', 'shift', 'record'] as const)(
    'sweep and settle finish what stopped after %s',
    async (step) => {
      await story(async (simulation) => {
        await deployed(simulation);
        simulation.push();
        const second = simulation.deploy();
        await simulation.done(second, step);
        simulation.abort(second);
      });
    },
  );

  it('a commit that was not published is published by settle', async () => {
    await story(async (simulation) => {
      await deployed(simulation);
      simulation.push();
      const second = simulation.deploy();
      dieAt(simulation, { step: 'record', operation: 'PutParameter' }, 'before');
      await simulation.ending(second);
    });
  });

  it('a deployment starts the settling of what another left behind', async () => {
    await story(async (simulation) => {
      simulation.world.events.lose = () => true;
      await deployed(simulation);
      simulation.push();
      const second = simulation.deploy();
      await simulation.done(second, 'shift');
      simulation.abort(second);
      expect(await simulation.ending(simulation.deploy())).toMatchObject({ status: 'SUCCEEDED' });
    });
  });

  it('a recorded fleet that somebody deleted is made again', async () => {
    await story(
      async (simulation) => {
        await deployed(simulation);
        const fleet = live(simulation);
        simulation.world.autoScaling.deleteAutoScalingGroup({
          AutoScalingGroupName: fleet,
          ForceDelete: true,
        });
        // Its role is known by then: only the first group of an account makes it.
        simulation.world.iam.serviceLinkedRoles.clear();
        await simulation.time.advance(600_000);
        expect(simulation.truth.recordedFleet).toBeDefined();
      },
      { invariants: [] },
    );
  });

  it('changed settings reach the live fleet', async () => {
    await story(async (simulation) => {
      await deployed(simulation);
      update(simulation, (settings) => ({ ...settings, scaling: {} }));
      await simulation.time.advance(600_000);
      expect(simulation.truth.recordedFleet?.policies.size).toBe(0);
    });
  });

  it('a warm pool comes, and ends with its fleet or the settings', async () => {
    await story(async (simulation) => {
      const warmPool = { min: 1, max: 3, state: 'stopped' } as const;
      update(simulation, (settings) => ({ ...settings, warmPool }));
      await deployed(simulation);
      await simulation.rest();
      simulation.push();
      const second = simulation.deploy();
      await simulation.done(second, 'terminate');
      // Made again between two looks of the end.
      const [leaving] = simulation.truth.fleets().filter(({ name }) => name !== live(simulation));
      await simulation.time.advance(1_000);
      const strange = { AutoScalingGroupName: leaving?.name, MinSize: 0, MaxGroupPreparedCapacity: 0 };
      simulation.world.autoScaling.putWarmPool(strange);
      expect(await simulation.ending(second)).toMatchObject({ status: 'SUCCEEDED' });
      update(simulation, ({ warmPool: _, ...settings }) => settings);
      await simulation.rest();
      expect(simulation.truth.recordedFleet?.warmed.size).toBe(0);
    });
  });

  it('a record without a colour is asked for its fleet', async () => {
    await story(async (simulation) => {
      await deployed(simulation);
      recordByHand(simulation);
      await deployed(simulation);
    });
  });

  it('versions of the record are counted', async () => {
    await story(async (simulation) => {
      await deployed(simulation);
      const Name = parameterNames('prod', 'web').deployed;
      const { Value } = simulation.world.ssm.getParameter({ Name }).Parameter ?? {};
      for (let version = 1; version < 100; version += 1)
        simulation.world.ssm.putParameter({ Name, Value, Overwrite: true });
      await deployed(simulation);
    });
  });

  it('what serves is accepted', async () => {
    await story(async (simulation) => {
      await deployed(simulation);
      simulation.push();
      const second = simulation.deploy();
      await simulation.done(second, 'shift');
      simulation.world.events.lose = () => true;
      simulation.abort(second);
      const accepted = simulation.settle('accept', { action: 'accept' });
      expect(await simulation.ending(accepted)).toMatchObject({ status: 'SUCCEEDED' });
    });
  });

  it('a target group that somebody deleted is looked for', async () => {
    await story(
      async (simulation) => {
        await deployed(simulation);
        const { elb } = simulation.world;
        const { testRule, targetGroups } = simulation.truth.settings.balancer ?? {};
        const TargetGroups = [{ TargetGroupArn: targetGroups?.blue, Weight: 100 }];
        elb.modifyRule({
          RuleArn: testRule,
          Actions: [{ Type: 'forward', ForwardConfig: { TargetGroups } }],
        });
        elb.deleteTargetGroup({ TargetGroupArn: targetGroups?.green });
        simulation.push();
        expect(await simulation.ending(simulation.deploy())).toMatchObject({
          cause: expect.stringContaining('change the port of the service'),
        });
      },
      {},
      [/ModifyTargetGroup/],
    );
  });

  it('what older stacks and strangers left is tidied', async () => {
    await story(
      async (simulation) => {
        await deployed(simulation);
        const old = newTargetGroup(simulation, 'old');
        simulation.push();
        const second = simulation.deploy();
        const { balancer } = simulation.truth.settings;
        await simulation.begins(second, 'restore');
        const [stray] = simulation.truth.recordedFleet?.members.keys() ?? [];
        simulation.world.elb.registerTargets({
          TargetGroupArn: balancer?.targetGroups.blue,
          Targets: [{ Id: stray }],
        });
        const [leaving] = simulation.truth.fleets().filter(({ name }) => name !== live(simulation));
        await simulation.done(second, 'terminate');
        simulation.world.autoScaling.updateAutoScalingGroup({
          AutoScalingGroupName: leaving?.name,
          MaxSize: 1,
        });
        expect(await simulation.ending(second)).toMatchObject({ status: 'SUCCEEDED' });
        expect(simulation.world.elb.groups.byArn.has(old)).toBe(false);
      },
      { invariants: [] },
    );
  });

  it('a service gets its rules again, changes its route, and ends with what was left open', async () => {
    await story(
      async (simulation) => {
        const { world, truth } = simulation;
        world.events.lose = () => true;
        await deployed(simulation);
        simulation.push();
        const second = simulation.deploy();
        await simulation.done(second, 'boot');
        simulation.abort(second);
        const call = resource(simulation);
        await call('Update');
        world.elb.deleteRule({ RuleArn: truth.settings.balancer?.testRule });
        await call('Update');
        stackIs(simulation, 'DELETE_IN_PROGRESS');
        await call('Delete');
        expect(truth.fleets()).toEqual([]);
        expect(truth.journal?.state).toBe('closed');
      },
      { invariants: [] },
    );
  });

  it('a service whose stack lives on asks who else stands for it', async () => {
    await story(
      async (simulation) => {
        const { elb } = simulation.world;
        const { rule } = simulation.truth.settings.balancer ?? {};
        stackIs(simulation, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
        await resource(simulation)('Delete');
        expect(() => elb.rules.find(rule)).toThrow('not found');
      },
      { invariants: [] },
    );
  });

  it('an instance that builds itself for long keeps its launch waiting', async () => {
    await story(deployed, { fate: () => ({ deploySeconds: 100, outcome: 'ready' }) });
  });
});

/** Rights that no story uses, each with its reason. */
const unusedOnPurpose = new Map([
  ['s3:ListBucket', 'only a reader of something that is missing is asked for it'],
  [
    'ssm:GetParameter',
    'only a launch asks again whose record was not visible at first, and a deployment by hand',
  ],
  ['secretsmanager:GetSecretValue', 'simulated hosts read no values: values.test.ts decides on it'],
  ['logs:CreateLogStream', 'Lambda itself writes the log, and simulated hosts have no journal'],
  ['logs:PutLogEvents', 'Lambda itself writes the log, and simulated hosts have no journal'],
]);

describe('every right', () => {
  const unused = (name: string) =>
    rights.get(name)?.filter((action) => !used.get(name)?.has(action) && !unusedOnPurpose.has(action));

  it.each(functions)('is used by %s', (name) => {
    expect(unused(name)).toEqual([]);
  });

  it('is used by instances', () => {
    expect(unused('instance')).toEqual([]);
  });
});
