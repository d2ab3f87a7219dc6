import { delay, dieAt } from '../../lib/simulation/interruptions.ts';
import { deployed, simulate } from '../support/story/simulate.ts';

const bootsTwice = /CreateAutoScalingGroup/g;

test('a Lambda dies right before a call, which never happens', async () => {
  await simulate({}, async (simulation) => {
    dieAt(simulation, { step: 'boot', operation: 'CreateAutoScalingGroup' }, 'before');
    simulation.push();
    const ending = await simulation.ending(simulation.deploy());
    expect(ending).toMatchObject({ status: 'FAILED', error: 'Runtime.ExitError' });
    expect(simulation.story.toString()).not.toContain('MinSize 2');
  });
});

test('a Lambda dies right after a call, which happened', async () => {
  await simulate({}, async (simulation) => {
    dieAt(simulation, { step: 'boot', operation: 'CreateAutoScalingGroup', about: 'blue' }, 'after');
    simulation.push();
    const first = simulation.deploy();
    await simulation.begins(first, 'evidence');
    expect(simulation.truth.fleets()).toHaveLength(1);
    await simulation.ending(first);
    expect(simulation.story.toString().match(bootsTwice)).toHaveLength(1);
  });
});

test('a call that is delayed reaches AWS later; only one is', async () => {
  await simulate({}, async (simulation) => {
    delay(simulation, { step: 'shift', operation: 'ModifyRule' }, 20_000);
    simulation.push();
    const first = simulation.deploy();
    await simulation.begins(first, 'shift');
    expect(simulation.truth.weights?.size).toBe(0);
    await simulation.time.advance(20_000);
    expect(simulation.truth.weights?.size).toBe(1);
    await simulation.ending(first);
    await deployed(simulation);
  });
});
