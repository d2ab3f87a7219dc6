import { parameterNames } from '../../lib/config/resource-names.ts';
import { Simulation } from '../../lib/simulation/simulation.ts';
import { assembly, deployed, recorded, served, simulate } from '../support/story/simulate.ts';

const { deployed: name } = parameterNames('prod', 'web');

/** What somebody writes over the record, and what the deployment after it says. */
const damages: [what: string, value: (record: object) => string, cause: RegExp][] = [
  ['garbage', () => 'not JSON at all', /^parameter \/holdfast\/prod\/web\/deployed: .*JSON/],
  [
    'another schema',
    (record) => JSON.stringify({ ...record, schema: 2 }),
    /found schema 2, this version of Holdfast reads schema 1/,
  ],
  [
    'half a commit',
    (record) => JSON.stringify({ ...record, release: { site: { branch: 'main', commit: 'abc' } } }),
    /deployed: release\.site\.commit: found "abc", expected a full commit hash/,
  ],
];

test.each(damages)(
  'record with %s: refused with the parameter and what is wrong, production stays',
  async (_, damage, cause) => {
    // The invariants read the record themselves: they are asked when it is whole again.
    const simulation = await Simulation.start({ assembly, checksRights: true, invariants: [] });
    try {
      const v1 = await deployed(simulation);
      const { record = {}, version = 0 } = simulation.truth.deployed ?? {};
      const put = (Value: string) =>
        simulation.world.ssm.putParameter({ Name: name, Value, Overwrite: true });
      put(damage(record));
      const ending = await simulation.ending(simulation.deploy());
      expect(ending).toEqual({
        status: 'FAILED',
        error: 'InvalidRecord',
        cause: expect.stringMatching(cause),
      });
      expect(served(simulation)).toEqual([v1, v1]);
      expect(simulation.truth.fleets()).toHaveLength(1);
      put(JSON.stringify(record));
      const v2 = await deployed(simulation);
      expect(recorded(simulation)).toBe(v2);
      expect(simulation.truth.deployed?.version).toBe(version + 3);
    } finally {
      simulation.close();
    }
  },
);

test('record damaged in mid-deployment: the deployment works by version and publishes a whole one', async () => {
  const simulation = await Simulation.start({ assembly, checksRights: true, invariants: [] });
  try {
    await deployed(simulation);
    const v2 = simulation.push();
    const second = simulation.deploy();
    await simulation.done(second, 'boot');
    simulation.world.ssm.putParameter({ Name: name, Value: 'garbage', Overwrite: true });
    expect(await simulation.ending(second)).toMatchObject({ status: 'SUCCEEDED' });
    expect(recorded(simulation)).toBe(v2);
  } finally {
    simulation.close();
  }
});

test('record of 5 KB: refused in prepare with what makes it so long, production stays', async () => {
  await simulate({}, async (simulation) => {
    const v1 = await deployed(simulation);
    const branch = 'b'.repeat(200);
    const { repositories } = simulation.truth.settings;
    for (const { url = '' } of Object.values(repositories) as { url?: string }[])
      simulation.git.push(url, branch, 'ef'.repeat(20));
    const input = {
      branch: { site: branch, states: branch },
      reason: '€'.repeat(1024),
      by: '€'.repeat(256),
    };
    expect(await simulation.ending(simulation.deploy(input))).toEqual({
      status: 'FAILED',
      error: 'InvalidRecord',
      cause: expect.stringMatching(
        /^parameter \/holdfast\/prod\/web\/green: the record has \d+ bytes, a parameter holds at most 4096; shorten the reason .+; evidence: s3:/,
      ),
    });
    expect(simulation.truth.fleets()).toHaveLength(1);
    expect(served(simulation)).toEqual([v1, v1]);
  });
});
