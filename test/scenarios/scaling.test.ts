import type { Simulation } from '../../lib/simulation/simulation.ts';
import { deployed, instances, live, recorded, served, simulate } from '../support/story/simulate.ts';

function candidate(simulation: Simulation): string {
  return simulation.truth.journal?.candidate?.fleet ?? '';
}

/** Commits that a fleet's instances run. */
function running({ hosts }: Simulation, ids: readonly string[]): (string | undefined)[] {
  return ids.map((id) => {
    const [site] = Object.values(hosts.running(id) ?? {});
    return site && 'commit' in site ? site.commit : undefined;
  });
}

test('scale-out between deployments: new instances run the recorded release', async () => {
  await simulate({}, async (simulation) => {
    const v1 = await deployed(simulation);
    simulation.push();
    simulation.scale(live(simulation), 4);
    await simulation.time.advance(60_000);
    expect(served(simulation)).toEqual([v1, v1, v1, v1]);
  });
});

test('scale-out of the live fleet in mid-deployment: it gets the recorded release, the candidate grows too', async () => {
  await simulate({}, async (simulation) => {
    const v1 = await deployed(simulation);
    const v2 = simulation.push();
    const second = simulation.deploy();
    await simulation.done(second, 'boot');
    simulation.scale(live(simulation), 4);
    await simulation.begins(second, 'shift');
    expect(running(simulation, instances(simulation, 'blue'))).toEqual([v1, v1, v1, v1]);
    expect(await simulation.ending(second)).toMatchObject({ status: 'SUCCEEDED' });
    expect(served(simulation)).toEqual([v2, v2, v2, v2]);
  });
});

test('live fleet grown between boot and shift: the candidate is raised before it gets the traffic', async () => {
  await simulate({}, async (simulation) => {
    await deployed(simulation);
    const v2 = simulation.push();
    const second = simulation.deploy();
    await simulation.done(second, 'check-in-service');
    simulation.scale(live(simulation), 5);
    await simulation.begins(second, 'shift');
    expect(await simulation.ending(second)).toMatchObject({ status: 'SUCCEEDED' });
    expect(served(simulation)).toEqual([v2, v2, v2, v2, v2]);
  });
});

test('scale-out of the candidate in mid-deployment: it gets the candidate’s release', async () => {
  await simulate({}, async (simulation) => {
    await deployed(simulation);
    const v2 = simulation.push();
    const second = simulation.deploy();
    await simulation.done(second, 'check-health');
    simulation.scale(candidate(simulation), 3);
    expect(await simulation.ending(second)).toMatchObject({ status: 'SUCCEEDED' });
    await simulation.rest();
    expect(served(simulation)).toEqual([v2, v2, v2]);
  });
});

test('scale-in of the live fleet in mid-deployment: the way back is as large as what carries the traffic', async () => {
  await simulate({}, async (simulation) => {
    const v1 = await deployed(simulation);
    simulation.scale(live(simulation), 4);
    await simulation.time.advance(120_000);
    simulation.push();
    const second = simulation.deploy();
    await simulation.done(second, 'boot');
    simulation.scale(live(simulation), 3);
    expect(simulation.truth.recordedFleet?.desired).toBe(3);
    await simulation.done(second, 'shift');
    simulation.abort(second);
    await simulation.rest();
    expect(recorded(simulation)).toBe(v1);
    expect(served(simulation)).toEqual([v1, v1, v1, v1]);
  });
});

test('an instance of the live fleet dies in mid-deployment: it is replaced with the recorded release', async () => {
  await simulate({}, async (simulation) => {
    const v1 = await deployed(simulation);
    simulation.push();
    const second = simulation.deploy();
    await simulation.done(second, 'boot');
    const [victim] = instances(simulation, 'blue');
    simulation.kill(victim ?? '');
    await simulation.begins(second, 'shift');
    expect(running(simulation, instances(simulation, 'blue'))).toContain(v1);
    expect(await simulation.ending(second)).toMatchObject({ status: 'SUCCEEDED' });
  });
});
