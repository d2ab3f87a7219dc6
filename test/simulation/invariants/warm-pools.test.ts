import { storeKeys } from '../../../lib/config/resource-names.ts';
import { warmPools } from '../../../lib/simulation/invariants/warm-pools.ts';
import type { SimulationOptions } from '../../../lib/simulation/options.ts';
import type { Simulation } from '../../../lib/simulation/simulation.ts';
import { broken } from '../../support/story/broken.ts';

const pooled: Partial<SimulationOptions> = {
  settings: (given) => ({ ...given, warmPool: { min: 1, max: 3, state: 'stopped' } }),
};

/** Breaks something at rest without anybody to put it right. */
function unattended(breakIt: (simulation: Simulation) => void) {
  return async (simulation: Simulation) => {
    await simulation.rest();
    simulation.world.faults.add(({ caller }) => {
      const run = simulation.invocation(caller);
      if (run?.step === 'sweep') run.kill();
      return undefined;
    });
    breakIt(simulation);
  };
}

test('fails when a candidate has a warm pool', async () => {
  const violations = await broken(warmPools, async (simulation) => {
    simulation.push();
    const second = simulation.deploy();
    await simulation.done(second, 'boot');
    const { journal } = simulation.truth;
    simulation.world.autoScaling.putWarmPool({ AutoScalingGroupName: journal?.candidate?.fleet, MinSize: 1 });
    await simulation.ending(second);
  });
  expect(violations[0]?.what).toMatch(/^candidate .* has a warm pool$/);
});

test('fails when the recorded fleet has another pool than configured', async () => {
  const put = unattended(({ world, truth }) =>
    world.autoScaling.putWarmPool({ AutoScalingGroupName: truth.deployed?.record.fleet, MinSize: 2 }),
  );
  expect((await broken(warmPools, put, pooled))[0]?.what).toMatch(/has another warm pool than configured$/);
});

test('fails when an instance of the pool reports another release', async () => {
  const misreport = unattended(({ world, truth }) => {
    const { bucket, service, roleId } = truth.settings;
    const [id = ''] = truth.recordedFleet?.warmed.keys() ?? [];
    const Key = storeKeys.report(service, roleId, id);
    const report = JSON.parse(Buffer.from(world.s3.getObject({ Bucket: bucket, Key }).Body).toString());
    report.release.site.commit = '9'.repeat(40);
    world.s3.putObject({ Bucket: bucket, Key, Body: JSON.stringify(report) });
  });
  expect((await broken(warmPools, misreport, pooled))[0]?.what).toMatch(/reported another release/);
});

test('fails when the pool does not fill up', async () => {
  const violations = await broken(
    warmPools,
    async (simulation) => {
      await simulation.rest();
      simulation.world.autoScaling.putWarmPool({
        AutoScalingGroupName: simulation.truth.deployed?.record.fleet,
        MinSize: 1,
        MaxGroupPreparedCapacity: 3,
      });
      for (const id of simulation.truth.recordedFleet?.warmed.keys() ?? []) simulation.kill(id);
    },
    {
      ...pooled,
      // Only the fleet itself is ever built.
      fate: ({ targetState }) => ({
        deploySeconds: 10,
        outcome: targetState?.() === 'Warmed:Stopped' ? 'hangs' : 'ready',
      }),
    },
  );
  expect(violations[0]?.what).toMatch(/is Warmed:Pending:Wait$|has \d of 1 instances$/);
});
