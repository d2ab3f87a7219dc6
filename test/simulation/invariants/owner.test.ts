import type { Call } from '../../../lib/local-aws/model/faults.ts';
import { delay } from '../../../lib/simulation/interruptions.ts';
import { owner } from '../../../lib/simulation/invariants/owner.ts';
import { broken } from '../../support/story/broken.ts';

const resize = (fleet: string | undefined, caller: string): Call => ({
  service: 'autoscaling',
  operation: 'UpdateAutoScalingGroup',
  input: { AutoScalingGroupName: fleet, MinSize: 2 },
  caller,
});

test('fails when a step changes something after the journal was closed', async () => {
  const violations = await broken(owner, async ({ world, truth }) => {
    await world.call(resize(truth.deployed?.record.fleet, 'boot~3'));
  });
  expect(violations).toMatchObject([
    { what: 'boot of d-1 carries out UpdateAutoScalingGroup, but the journal is nobody’s' },
  ]);
});

test('fails when a former owner changes something after the new one began to act', async () => {
  const violations = await broken(owner, async (simulation) => {
    simulation.push();
    const second = simulation.deploy();
    // Longer than any Lambda runs: the settle machine does not wait so long.
    delay(simulation, { step: 'boot', operation: 'CreateAutoScalingGroup' }, 95_000);
    await simulation.begins(second, 'boot');
    simulation.abort(second);
  });
  expect(violations).toMatchObject([
    { what: expect.stringMatching(/^boot of d-2 .* CreateAutoScalingGroup, but/) },
  ]);
});

test('holds when the one change that a former owner had checked comes late, before the new one acts', async () => {
  const violations = await broken(owner, async (simulation) => {
    simulation.push();
    const second = simulation.deploy();
    delay(simulation, { step: 'boot', operation: 'CreateAutoScalingGroup' }, 50_000);
    await simulation.begins(second, 'boot');
    simulation.abort(second);
  });
  expect(violations).toEqual([]);
});

test('holds when two took the journal over, one after the other, before the change of the first owner comes', async () => {
  const violations = await broken(owner, async (simulation) => {
    simulation.push();
    const second = simulation.deploy();
    delay(simulation, { step: 'boot', operation: 'CreateAutoScalingGroup' }, 50_000);
    await simulation.begins(second, 'boot');
    simulation.abort(second);
    await simulation.time.advance(5_000);
    for (const settling of simulation.executions.running()) simulation.abort(settling);
  });
  expect(violations).toEqual([]);
});

test('does not count what instances, reads, evidence and the journal itself need', async () => {
  const violations = await broken(owner, async ({ world, truth }) => {
    const { bucket } = truth.settings;
    await world.call({
      service: 's3',
      operation: 'PutObject',
      input: { Bucket: bucket, Key: 'evidence/web/d-1.json' },
      caller: 'boot~3',
    });
    await world.call({
      service: 'autoscaling',
      operation: 'DescribeAutoScalingGroups',
      input: {},
      caller: 'boot~3',
    });
    await world.call(resize(truth.deployed?.record.fleet, 'i-1'));
  });
  expect(violations).toEqual([]);
});
