import { quiescence } from '../../../lib/simulation/invariants/quiescence.ts';
import type { Simulation } from '../../../lib/simulation/simulation.ts';
import { broken, serving } from '../../support/story/broken.ts';

/** Breaks something without anybody to put it right. */
function unattended(breakIt: (simulation: Simulation) => void) {
  return (simulation: Simulation) => {
    simulation.world.faults.add(({ caller }) => {
      const { step } = simulation.invocation(caller) ?? {};
      if (step === 'sweep') simulation.invocation(caller)?.kill();
      return undefined;
    });
    breakIt(simulation);
  };
}

const forward = (targetGroups: string[]) => [
  {
    Type: 'forward' as const,
    ForwardConfig: { TargetGroups: targetGroups.map((TargetGroupArn) => ({ TargetGroupArn, Weight: 1 })) },
  },
];

test.each<[string, (simulation: Simulation) => void, string | RegExp]>([
  [
    'another target group is left in the rule',
    ({ world, truth }) => {
      const { rule, targetGroups } = truth.settings.balancer ?? {};
      const both = [targetGroups?.blue ?? '', targetGroups?.green ?? ''];
      world.elb.modifyRule({ RuleArn: rule, Actions: forward(both) });
    },
    /^requests go to /,
  ],
  [
    'the recorded fleet has other sizes than configured',
    ({ world, truth }) => {
      world.autoScaling.updateAutoScalingGroup({
        AutoScalingGroupName: truth.deployed?.record.fleet,
        MinSize: 1,
      });
    },
    /has 1 to 8 instances, not 2 to 8$/,
  ],
  [
    'another fleet is left over',
    ({ world, truth }) => {
      const fleet = truth.recordedFleet;
      world.autoScaling.createAutoScalingGroup({
        AutoScalingGroupName: 'strange',
        MinSize: 0,
        MaxSize: 0,
        LaunchTemplate: { LaunchTemplateId: fleet?.template.id, Version: String(fleet?.template.version) },
        VPCZoneIdentifier: fleet?.subnets.join(','),
        Tags: [{ Key: 'holdfast:service', Value: 'web' }],
      });
    },
    'strange is left over',
  ],
  [
    'an instance reports another release',
    (simulation) => {
      const { world, truth } = simulation;
      const { bucket, service, roleId } = truth.settings;
      const [id] = serving(simulation).ids;
      const Key = `reports/${service}/${roleId}:${id}/report.json`;
      const report = JSON.parse(Buffer.from(world.s3.getObject({ Bucket: bucket, Key }).Body).toString());
      report.release.site.commit = '9'.repeat(40);
      world.s3.putObject({ Bucket: bucket, Key, Body: JSON.stringify(report) });
    },
    /reported another release than the record$/,
  ],
])('fails when %s', async (_, breakIt, what) => {
  const violations = await broken(quiescence, unattended(breakIt));
  expect(violations).toHaveLength(1);
  expect(violations[0]?.what).toMatch(what);
});

test('fails when the journal stays open', async () => {
  const violations = await broken(quiescence, async (simulation) => {
    unattended(() => undefined)(simulation);
    simulation.push();
    const second = simulation.deploy();
    await simulation.begins(second, 'boot');
    simulation.abort(second);
  });
  expect(violations).toMatchObject([{ what: 'the journal is open' }]);
});

test('fails when requests are forwarded although nothing is deployed', async () => {
  const violations = await broken(
    quiescence,
    unattended(({ world }) => {
      world.ssm.deleteParameter({ Name: '/holdfast/prod/web/deployed' });
      for (const group of world.autoScaling.fleets.groups.keys())
        world.autoScaling.deleteAutoScalingGroup({ AutoScalingGroupName: group, ForceDelete: true });
    }),
  );
  expect(violations).toMatchObject([{ what: 'nothing is deployed, but requests are forwarded' }]);
});
