import { deployed, recorded, served, simulate } from '../support/story/simulate.ts';

test('stale journal taken over: a new deployment waits until the remains are settled, then goes on', async () => {
  await simulate({}, async (simulation) => {
    await deployed(simulation);
    simulation.world.events.lose = () => true;
    simulation.push();
    const abandoned = simulation.deploy();
    await simulation.done(abandoned, 'shift');
    simulation.abort(abandoned);
    const v3 = simulation.push();
    const ending = await simulation.ending(simulation.deploy());
    expect(ending).toMatchObject({ status: 'SUCCEEDED' });
    expect(recorded(simulation)).toBe(v3);
    expect(served(simulation)).toEqual([v3, v3]);
  });
});

test('two take-overs of one stale journal: one settles, the other finds nothing to do', async () => {
  await simulate({}, async (simulation) => {
    const v1 = await deployed(simulation);
    simulation.world.events.lose = () => true;
    simulation.push();
    const abandoned = simulation.deploy();
    await simulation.done(abandoned, 'check-health');
    simulation.abort(abandoned);
    const settles = [simulation.settle('one'), simulation.settle('other')];
    const endings = await Promise.all(settles.map((settle) => simulation.ending(settle)));
    expect(endings.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
    const outputs = endings.map((ending) => (ending.status === 'SUCCEEDED' ? JSON.parse(ending.output) : {}));
    expect(outputs).toMatchObject([{ version: 1, result: 'returned' }, { taken: { outcome: 'nothing' } }]);
    expect(served(simulation)).toEqual([v1, v1]);
  });
});

test('a settle that is stopped itself is settled by the next one', async () => {
  await simulate({}, async (simulation) => {
    const v1 = await deployed(simulation);
    simulation.push();
    const abandoned = simulation.deploy();
    await simulation.done(abandoned, 'shift');
    simulation.abort(abandoned);
    await simulation.time.advance(80_000);
    const [settle] = simulation.executions.running();
    if (!settle) throw new Error('no settle runs');
    simulation.abort(settle);
    await simulation.rest();
    expect(recorded(simulation)).toBe(v1);
  });
});
