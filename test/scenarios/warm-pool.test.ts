import type { WarmPool } from '../../lib/config/warm-pool.ts';
import type { Outcome } from '../../lib/simulation/hosts/outcome.ts';
import type { Simulation } from '../../lib/simulation/simulation.ts';
import { resource, stackIs, update } from '../support/story/permissions.ts';
import { byCommit, deployed, live, recorded, served, simulate } from '../support/story/simulate.ts';

const pool: WarmPool = { min: 1, max: 4, state: 'stopped' };
const pooled: Parameters<typeof simulate>[0] = {
  settings: (given) => ({ ...given, capacity: { min: 2, max: 6 }, warmPool: pool }),
};

/** Ids and states of the instances in the recorded fleet's pool. */
function warmed({ truth }: Simulation): [string, string][] {
  return [...(truth.recordedFleet?.warmed.values() ?? [])].map(({ instance, state }) => [instance.id, state]);
}

function releaseIn({ hosts }: Simulation, id: string): string | undefined {
  return (hosts.running(id)?.site as { commit?: string } | undefined)?.commit;
}

test('a fleet gets its warm pool after the commit, and it fills up with stopped instances', async () => {
  await simulate(pooled, async (simulation) => {
    simulation.push();
    const first = simulation.deploy();
    await simulation.done(first, 'record');
    expect(simulation.truth.fleets().map(({ warmPool }) => warmPool)).toEqual([undefined]);
    expect(await simulation.ending(first)).toMatchObject({ status: 'SUCCEEDED' });
    await simulation.rest();
    expect(warmed(simulation).map(([, state]) => state)).toEqual(['Warmed:Stopped', 'Warmed:Stopped']);
    expect(served(simulation)).toHaveLength(2);
  });
});

test('a scale-out takes an instance of the pool, which boots again and runs the recorded release', async () => {
  await simulate(pooled, async (simulation) => {
    await deployed(simulation);
    await simulation.rest();
    const [[first = ''] = []] = warmed(simulation);
    const launches = simulation.world.ec2.instances.all().length;
    // The branch goes on: what is not deployed is not taken.
    const recordedCommit = recorded(simulation);
    simulation.push();
    simulation.scale(live(simulation), 3);
    await simulation.rest();
    expect(simulation.truth.recordedFleet?.members.get(first)?.state).toBe('InService');
    expect(releaseIn(simulation, first)).toBe(recordedCommit);
    expect(served(simulation)).toEqual([recordedCommit, recordedCommit, recordedCommit]);
    expect(warmed(simulation)).toHaveLength(1);
    expect(simulation.world.ec2.instances.all()).toHaveLength(launches);
  });
});

test('a scale-out in mid-deployment takes from the live pool, on the recorded release', async () => {
  await simulate(pooled, async (simulation) => {
    const v1 = await deployed(simulation);
    await simulation.rest();
    const [[first = ''] = []] = warmed(simulation);
    simulation.push();
    const second = simulation.deploy();
    await simulation.done(second, 'boot');
    simulation.scale(live(simulation), 3);
    await simulation.begins(second, 'check-in-service');
    expect(releaseIn(simulation, first)).toBe(v1);
    expect(await simulation.ending(second)).toMatchObject({ status: 'SUCCEEDED' });
  });
});

test('a deployment replaces the fleet and its pool: nothing of the old one is left', async () => {
  await simulate(pooled, async (simulation) => {
    await deployed(simulation);
    await simulation.rest();
    const old = warmed(simulation).map(([id]) => id);
    const v2 = await deployed(simulation);
    await simulation.rest();
    for (const id of old)
      expect(simulation.world.ec2.instances.find(id)?.state ?? 'terminated').toBe('terminated');
    expect(warmed(simulation)).toHaveLength(2);
    expect(served(simulation)).toEqual([v2, v2]);
  });
});

test('a refused candidate never has a pool, and the recorded one is kept', async () => {
  const outcomes = new Map<string, Outcome>();
  await simulate({ ...pooled, ...byCommit(outcomes) }, async (simulation) => {
    await deployed(simulation);
    await simulation.rest();
    const before = warmed(simulation);
    outcomes.set(simulation.push(), 'never healthy');
    expect(await simulation.ending(simulation.deploy())).toMatchObject({ status: 'FAILED' });
    expect(warmed(simulation)).toEqual(before);
  });
});

test('settle ends the pool of a fleet that was to be replaced when its deployment is stopped after the commit', async () => {
  await simulate(pooled, async (simulation) => {
    await deployed(simulation);
    await simulation.rest();
    const v2 = simulation.push();
    const second = simulation.deploy();
    await simulation.done(second, 'record');
    simulation.abort(second);
    await simulation.rest();
    expect(served(simulation)).toEqual([v2, v2]);
    expect(simulation.truth.fleets()).toHaveLength(1);
  });
});

test.each<[string, WarmPool | undefined, number]>([
  ['larger', { min: 3, max: 5, state: 'stopped' }, 3],
  ['sized by the fleet’s maximum', { min: 0, state: 'stopped' }, 4],
  ['gone', undefined, 0],
])('a stack update makes the recorded fleet’s pool %s, by way of the sweep', async (_, wanted, size) => {
  await simulate(pooled, async (simulation) => {
    await deployed(simulation);
    await simulation.rest();
    update(simulation, ({ warmPool: _old, ...settings }) => ({
      ...settings,
      ...(wanted && { warmPool: wanted }),
    }));
    await simulation.rest();
    expect(warmed(simulation)).toHaveLength(size);
    expect(served(simulation)).toHaveLength(2);
  });
});

test('a pool that somebody deleted is made again', async () => {
  await simulate(pooled, async (simulation) => {
    await deployed(simulation);
    await simulation.rest();
    simulation.world.autoScaling.deleteWarmPool({
      AutoScalingGroupName: live(simulation),
      ForceDelete: true,
    });
    await simulation.rest();
    expect(warmed(simulation)).toHaveLength(2);
  });
});

test('an instance of the pool that fails is replaced, and nothing else notices', async () => {
  await simulate(pooled, async (simulation) => {
    await deployed(simulation);
    await simulation.rest();
    const [[first = ''] = []] = warmed(simulation);
    simulation.kill(first);
    await simulation.rest();
    expect(warmed(simulation).map(([id]) => id)).not.toContain(first);
    expect(served(simulation)).toHaveLength(2);
  });
});

test('a service that is deleted takes its pool with it', async () => {
  await simulate({ ...pooled, invariants: [] }, async (simulation) => {
    await deployed(simulation);
    await simulation.rest();
    const ids = warmed(simulation).map(([id]) => id);
    stackIs(simulation, 'DELETE_IN_PROGRESS');
    await resource(simulation)('Delete');
    expect(simulation.truth.fleets()).toEqual([]);
    for (const id of ids)
      expect(simulation.world.ec2.instances.find(id)?.state ?? 'terminated').toBe('terminated');
  });
});
