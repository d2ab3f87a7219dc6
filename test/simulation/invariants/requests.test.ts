import type { Settings } from '../../../lib/config/settings.ts';
import { requests } from '../../../lib/simulation/invariants/requests.ts';
import type { Simulation } from '../../../lib/simulation/simulation.ts';
import { broken, forwardTo, serving } from '../../support/story/broken.ts';

test('fails when traffic goes to a target group without targets', async () => {
  const violations = await broken(requests, (simulation) => forwardTo(simulation, 'green'));
  expect(violations).toMatchObject([{ what: expect.stringContaining('has no target') }]);
});

test('fails when traffic goes to instances that are not healthy yet', async () => {
  const violations = await broken(requests, async (simulation) => {
    simulation.push();
    const second = simulation.deploy();
    await simulation.done(second, 'register');
    forwardTo(simulation, 'green');
    await simulation.time.advance(1);
  });
  expect(violations).toMatchObject([{ what: expect.stringMatching(/which is initial$/) }]);
});

test('fails when an instance that gets traffic does not answer', async () => {
  const violations = await broken(requests, (simulation) => {
    simulation.hosts.reach(serving(simulation).ids[0] ?? '', false);
  });
  expect(violations).toMatchObject([{ what: expect.stringContaining('which does not answer') }]);
});

test('fails when an instance that gets traffic runs another release', async () => {
  const violations = await broken(requests, async ({ world, truth }) => {
    const { deployed } = truth;
    const site = { branch: 'main', commit: '9'.repeat(40) };
    const Value = JSON.stringify({ ...deployed?.record, release: { site } });
    world.ssm.putParameter({ Name: '/holdfast/prod/web/deployed', Value, Overwrite: true });
  });
  expect(violations).toMatchObject([
    { what: expect.stringContaining('neither the recorded nor the candidate') },
  ]);
});

test('fails when something is deployed and the rule forwards to nobody', async () => {
  const violations = await broken(requests, (simulation) => forwardTo(simulation, undefined));
  expect(violations).toMatchObject([{ what: expect.stringContaining('forwards to nobody') }]);
});

test('holds when an instance is killed: nobody can know at once', async () => {
  const violations = await broken(requests, (simulation) =>
    simulation.kill(serving(simulation).ids[0] ?? ''),
  );
  expect(violations).toEqual([]);
});

test('holds when the only instance is killed: whoever is there has to answer until it is replaced', async () => {
  const one = { settings: (given: Settings) => ({ ...given, capacity: { min: 1, max: 1 } }) };
  const kill = (simulation: Simulation) => simulation.kill(serving(simulation).ids[0] ?? '');
  expect(await broken(requests, kill, one)).toEqual([]);
});
