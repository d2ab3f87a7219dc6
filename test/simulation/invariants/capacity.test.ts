import { capacity, servingInstances } from '../../../lib/simulation/invariants/capacity.ts';
import { broken, forwardTo, serving } from '../../support/story/broken.ts';
import { deployed, live, simulate } from '../../support/story/simulate.ts';

test('fails when a target is taken out of the traffic', async () => {
  const violations = await broken(capacity, (simulation) => {
    const { targetGroup, ids } = serving(simulation);
    simulation.world.elb.deregisterTargets({ TargetGroupArn: targetGroup, Targets: [{ Id: ids[0] }] });
  });
  expect(violations).toMatchObject([
    { invariant: 'capacity', what: '1 healthy targets serve, 2 are needed' },
  ]);
});

test('fails when the traffic moves to a fleet that is too small', async () => {
  const violations = await broken(capacity, async (simulation) => {
    simulation.push();
    const second = simulation.deploy();
    await simulation.done(second, 'check-in-service');
    const group = simulation.truth.journal?.candidate?.fleet;
    simulation.world.autoScaling.updateAutoScalingGroup({
      AutoScalingGroupName: group,
      MinSize: 1,
      DesiredCapacity: 1,
    });
    forwardTo(simulation, 'green');
  });
  expect(violations).toMatchObject([{ what: '1 healthy targets serve, 2 are needed' }]);
});

test('asks for no more than scaling does, and not for what was killed', async () => {
  const violations = await broken(capacity, async (simulation) => {
    simulation.scale(live(simulation), 4);
    await simulation.time.advance(60_000);
    simulation.scale(live(simulation), 2);
    await simulation.time.advance(60_000);
    simulation.kill(serving(simulation).ids[0] ?? '');
  });
  expect(violations).toEqual([]);
});

test('does not hold it against anybody that scaling ends what serves for what is about to', async () => {
  const violations = await broken(capacity, async (simulation) => {
    simulation.scale(live(simulation), 3);
    await simulation.time.advance(1000);
    simulation.scale(live(simulation), 2);
  });
  expect(violations).toEqual([]);
});

test('fails when an instance is ended that nothing stands in for yet', async () => {
  const violations = await broken(capacity, (simulation) => {
    simulation.world.autoScaling.terminateInstanceInAutoScalingGroup({
      InstanceId: serving(simulation).ids[0],
      ShouldDecrementDesiredCapacity: false,
    });
  });
  expect(violations).toMatchObject([{ what: '1 healthy targets serve, 2 are needed' }]);
});

test('does not hold it against a shift that the candidate went silent a moment before', async () => {
  const violations = await broken(capacity, async (simulation) => {
    simulation.push();
    const second = simulation.deploy();
    await simulation.done(second, 'check-in-service');
    for (const id of simulation.truth.fleet(simulation.truth.journal?.candidate?.fleet)?.members.keys() ?? [])
      simulation.silence(id, 60_000);
  });
  expect(violations).toEqual([]);
});

test.each([
  ['not while its call is on its way', 50, []],
  ['two minutes before', 120_000, ['0 healthy targets serve, 2 are needed']],
])('holds it against a shift that the candidate was killed: %s', async (_, milliseconds, expected) => {
  const violations = await broken(capacity, async (simulation) => {
    simulation.push();
    const second = simulation.deploy();
    await simulation.done(second, 'check-in-service');
    simulation.abort(second);
    const group = simulation.truth.journal?.candidate?.fleet ?? '';
    for (const id of simulation.truth.fleet(group)?.members.keys() ?? []) simulation.kill(id);
    simulation.world.autoScaling.deleteAutoScalingGroup({ AutoScalingGroupName: group, ForceDelete: true });
    await simulation.time.advance(milliseconds);
    forwardTo(simulation, 'green');
  });
  expect(violations.map(({ what }) => what)).toEqual(expected);
});

test('counts what is healthy, in the traffic, and answers', async () => {
  await simulate({}, async (simulation) => {
    expect(servingInstances(simulation)).toEqual([]);
    await deployed(simulation);
    const { ids } = serving(simulation);
    expect(servingInstances(simulation)).toEqual(ids);
    simulation.kill(ids[0] ?? '');
    expect(servingInstances(simulation)).toEqual(ids.slice(1));
  });
});
