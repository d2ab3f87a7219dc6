import { commits } from '../../../lib/simulation/invariants/commits.ts';
import type { Simulation } from '../../../lib/simulation/simulation.ts';
import { broken } from '../../support/story/broken.ts';

/** Records the running deployment before it got any traffic. */
async function recordTooEarly(simulation: Simulation, step: 'boot' | 'check-in-service'): Promise<void> {
  simulation.push();
  const second = simulation.deploy();
  await simulation.done(second, step);
  const Value = JSON.stringify({ ...simulation.truth.candidate, at: '2026-01-01T00:00:00Z' });
  const { service } = simulation.truth;
  simulation.world.ssm.putParameter({ Name: `/holdfast/prod/${service}/deployed`, Value, Overwrite: true });
  await simulation.time.advance(1);
}

test('fails when a release is recorded before it has the traffic', async () => {
  const violations = await broken(commits, (simulation) => recordTooEarly(simulation, 'check-in-service'));
  expect(violations).toMatchObject([{ what: expect.stringContaining('never carried all traffic') }]);
});

test('fails when a worker is recorded before an instance of it runs', async () => {
  const violations = await broken(commits, (simulation) => recordTooEarly(simulation, 'boot'), {
    service: 'worker',
  });
  expect(violations).toMatchObject([{ what: expect.stringContaining('never carried all traffic') }]);
});

test('fails when a record names no fleet', async () => {
  const violations = await broken(commits, ({ world, truth }) => {
    const { fleet: _, ...rest } = truth.deployed?.record ?? {};
    const Value = JSON.stringify(rest);
    world.ssm.putParameter({ Name: '/holdfast/prod/web/deployed', Value, Overwrite: true });
  });
  expect(violations).toMatchObject([{ what: expect.stringContaining('names no fleet') }]);
});
