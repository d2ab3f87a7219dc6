import { isIdle } from '../../lib/simulation/until-idle.ts';
import { deployed, live, simulate } from '../support/story/simulate.ts';

test('quiet means: no execution, no open journal, every fleet as it was asked to be', async () => {
  await simulate({}, async (simulation) => {
    const quiet = () => isIdle(simulation.truth, simulation.executions);
    expect(quiet()).toBe(true);
    simulation.push();
    const first = simulation.deploy();
    expect(quiet()).toBe(false);
    await simulation.done(first, 'boot');
    simulation.abort(first);
    expect(quiet()).toBe(false);
    await simulation.rest();
    await deployed(simulation);
    expect(quiet()).toBe(true);
    simulation.scale(live(simulation), 3);
    expect(quiet()).toBe(false);
    await simulation.time.advance(60_000);
    expect(quiet()).toBe(true);
  });
});
