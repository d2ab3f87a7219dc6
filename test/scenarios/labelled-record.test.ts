import { parameterNames } from '../../lib/config/resource-names.ts';
import type { Simulation } from '../../lib/simulation/simulation.ts';
import { deployed, live, recorded, served, simulate } from '../support/story/simulate.ts';

/** As many versions of the record as Parameter Store keeps, the oldest with a label. */
function label({ world, truth }: Simulation): () => void {
  const Name = parameterNames(truth.environment, truth.service).deployed;
  const { Value, Version = 0 } = world.ssm.getParameter({ Name }).Parameter ?? {};
  for (let version = Version; version < 100; version += 1)
    world.ssm.putParameter({ Name, Value, Overwrite: true });
  const oldest = { Name, ParameterVersion: 1, Labels: ['first-good'] };
  world.ssm.labelParameterVersion(oldest);
  // A label that another version gets leaves the one that had it.
  return () => void world.ssm.labelParameterVersion({ ...oldest, ParameterVersion: 100 });
}

test('a label on the oldest of 100 records: refused before anything moves, with the line that helps', async () => {
  await simulate({}, async (simulation) => {
    const v1 = await deployed(simulation);
    const remove = label(simulation);
    simulation.push();
    expect(await simulation.ending(simulation.deploy())).toMatchObject({
      error: 'AwsFailed',
      cause: expect.stringContaining(
        'run aws ssm unlabel-parameter-version --name /holdfast/prod/web/deployed --parameter-version 1 --labels first-good, then deploy again',
      ),
    });
    expect([served(simulation), simulation.truth.fleets().length]).toEqual([[v1, v1], 1]);
    remove();
    const v2 = await deployed(simulation);
    expect([recorded(simulation), simulation.truth.deployed?.version]).toEqual([v2, 101]);
  });
});

test('the same label in mid-deployment: what serves scales, and settling goes on once the label is gone', async () => {
  await simulate({}, async (simulation) => {
    await deployed(simulation);
    const v2 = simulation.push();
    const second = simulation.deploy();
    await simulation.done(second, 'shift');
    const remove = label(simulation);
    expect(await simulation.ending(second)).toMatchObject({
      error: 'AwsFailed',
      cause: expect.stringContaining('ParameterMaxVersionLimitExceeded'),
    });
    const { fleet = '' } = simulation.truth.journal?.commit?.record ?? {};
    expect(fleet).not.toBe(live(simulation));
    expect(simulation.truth.fleet(fleet)?.policies.size).toBeGreaterThan(0);
    expect(served(simulation)).toEqual([v2, v2]);
    remove();
    await simulation.time.advance(900_000);
    expect([recorded(simulation), simulation.truth.journal?.state]).toEqual([v2, 'closed']);
  });
});
