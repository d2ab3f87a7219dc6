import { delay } from '../../lib/simulation/interruptions.ts';
import { deployed, instances, recorded, served, simulate } from '../support/story/simulate.ts';

const late = 50_000;

test('late Lambda writing after an abort: what it moves is moved back', async () => {
  await simulate({}, async (simulation) => {
    const v1 = await deployed(simulation);
    simulation.push();
    const second = simulation.deploy();
    delay(simulation, { step: 'shift', operation: 'ModifyRule' }, late);
    await simulation.begins(second, 'shift');
    simulation.abort(second);
    await simulation.rest();
    expect(recorded(simulation)).toBe(v1);
    expect(served(simulation)).toEqual([v1, v1]);
  });
});

test('late Lambda in boot: the group that it makes after the abort is ended', async () => {
  await simulate({}, async (simulation) => {
    await deployed(simulation);
    simulation.push();
    const second = simulation.deploy();
    delay(simulation, { step: 'boot', operation: 'CreateAutoScalingGroup' }, late);
    await simulation.begins(second, 'boot');
    simulation.abort(second);
    await simulation.time.advance(late + 1_000);
    expect(instances(simulation, 'green')).toHaveLength(2);
    await simulation.rest();
    expect(instances(simulation, 'green')).toEqual([]);
  });
});

test('late Lambda with more to do: it finds that the journal is not its any more', async () => {
  await simulate({}, async (simulation) => {
    await deployed(simulation);
    simulation.push();
    const second = simulation.deploy();
    delay(simulation, { step: 'boot', operation: 'CreateLaunchTemplateVersion' }, late);
    await simulation.begins(second, 'boot');
    simulation.abort(second);
    await simulation.time.advance(late + 1_000);
    expect(instances(simulation, 'green')).toEqual([]);
    expect(simulation.story.toString()).toContain('d-2 boot: JournalLost');
  });
});

test('late Lambda in record: its parameter comes after the abort and is the record', async () => {
  await simulate({}, async (simulation) => {
    await deployed(simulation);
    const v2 = simulation.push();
    const second = simulation.deploy();
    delay(simulation, { step: 'record', operation: 'PutParameter' }, late);
    await simulation.begins(second, 'record');
    simulation.abort(second);
    await simulation.rest();
    expect(recorded(simulation)).toBe(v2);
    expect(served(simulation)).toEqual([v2, v2]);
  });
});

test('step that dies with a change on its way: its own execution settles after that change', async () => {
  await simulate({}, async (simulation) => {
    simulation.push();
    const first = simulation.deploy();
    const remove = simulation.world.faults.add((call) => {
      const invocation = simulation.invocation(call.caller);
      if (invocation?.step !== 'shift' || call.operation !== 'ModifyRule') return undefined;
      remove();
      invocation.kill();
      return { delayMilliseconds: 10_000 };
    });
    expect(await simulation.ending(first)).toMatchObject({ status: 'FAILED', error: 'Runtime.ExitError' });
    expect(simulation.truth.weights?.size).toBe(0);
    expect(simulation.truth.fleets()).toEqual([]);
  });
});

test('late shift to a fleet that somebody deleted meanwhile: the next settle takes the traffic back', async () => {
  await simulate({}, async (simulation) => {
    const { world, truth } = simulation;
    const first = simulation.deploy();
    delay(simulation, { step: 'shift', operation: 'ModifyRule' }, 1_000);
    await simulation.begins(first, 'shift');
    simulation.abort(first);
    for (const id of instances(simulation, 'blue')) simulation.kill(id);
    const fleet = truth.fleets().map(({ name }) => name);
    for (const name of fleet)
      world.autoScaling.deleteAutoScalingGroup({ AutoScalingGroupName: name, ForceDelete: true });
    await simulation.rest();
    expect(truth.fleets()).toEqual([]);
    expect(recorded(simulation)).toBeUndefined();
  });
});

test('fleet that somebody deletes while the traffic moves to it: it is not recorded, and the traffic goes back', async () => {
  await simulate({}, async (simulation) => {
    const { world, truth } = simulation;
    const v1 = await deployed(simulation);
    simulation.push();
    const second = simulation.deploy();
    delay(simulation, { step: 'shift', operation: 'ModifyRule' }, 1_000);
    await simulation.begins(second, 'shift');
    for (const id of instances(simulation, 'green')) simulation.kill(id);
    const fleet = truth.journal?.candidate?.fleet;
    world.autoScaling.deleteAutoScalingGroup({ AutoScalingGroupName: fleet, ForceDelete: true });
    expect(await simulation.ending(second)).toMatchObject({ status: 'FAILED', error: 'CandidateNotReady' });
    await simulation.rest();
    expect(recorded(simulation)).toBe(v1);
    expect(served(simulation)).toEqual([v1, v1]);
  });
});
