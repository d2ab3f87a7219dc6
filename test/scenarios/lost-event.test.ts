import { dieAt } from '../../lib/simulation/interruptions.ts';
import { deployed, recorded, served, simulate } from '../support/story/simulate.ts';

test('a lost event: the schedule settles', async () => {
  await simulate({}, async (simulation) => {
    const v1 = await deployed(simulation);
    simulation.world.events.lose = () => true;
    simulation.push();
    const stopped = simulation.deploy();
    await simulation.done(stopped, 'shift');
    simulation.abort(stopped);
    await simulation.rest();
    expect(recorded(simulation)).toBe(v1);
    expect(served(simulation)).toEqual([v1, v1]);
  });
});

test('an event that arrives: the stopped deployment is settled within three minutes', async () => {
  await simulate({}, async (simulation) => {
    await deployed(simulation);
    simulation.push();
    const stopped = simulation.deploy();
    await simulation.done(stopped, 'check-health');
    simulation.abort(stopped);
    await simulation.time.advance(180_000);
    expect(simulation.truth.journal?.state).toBe('closed');
  });
});

test('the schedule’s Lambda dies before it settles: its next run does', async () => {
  await simulate({}, async (simulation) => {
    const v1 = await deployed(simulation);
    const { fleet = '' } = simulation.truth.deployed?.record ?? {};
    const { world } = simulation;
    dieAt(simulation, { step: 'sweep', operation: 'StartExecution' }, 'before');
    for (const id of simulation.truth.recordedFleet?.members.keys() ?? []) simulation.kill(id);
    world.autoScaling.deleteAutoScalingGroup({ AutoScalingGroupName: fleet, ForceDelete: true });
    await simulation.rest();
    expect(served(simulation)).toEqual([v1, v1]);
  });
});
