import { storeKeys } from '../../lib/config/resource-names.ts';
import type { Simulation } from '../../lib/simulation/simulation.ts';
import { live, recorded, served, simulate } from '../support/story/simulate.ts';

const optional = {
  settings: (given: Simulation['truth']['settings']) => {
    const { site, ...others } = given.repositories;
    if (!site || 'artifact' in site) throw new Error('the example has no git repository called site');
    return { ...given, repositories: { site: { ...site, overlay: 'required' as const }, ...others } };
  },
};

function place({ truth }: Simulation, commit: string) {
  return { Bucket: truth.settings.bucket, Key: `${storeKeys.overlays('web', 'site')}${commit}.tar.zst` };
}

/** A new commit with its overlay. */
function pushed(simulation: Simulation): string {
  const commit = simulation.push();
  simulation.world.s3.putObject({ ...place(simulation, commit), Body: `built from ${commit}` });
  return commit;
}

/** Deletes every version of a commit's overlay: it cannot be had any more. */
function destroy(simulation: Simulation, commit: string): void {
  const { s3 } = simulation.world;
  const { Bucket, Key } = place(simulation, commit);
  for (const { VersionId = '' } of s3.listObjectVersions({ Bucket, Prefix: Key }).Versions ?? [])
    s3.deleteObject({ Bucket, Key, VersionId });
}

/** The overlay that is recorded. */
function overlay({ truth }: Simulation) {
  const site = truth.deployed?.record.release.site;
  return site && 'overlay' in site ? site.overlay : undefined;
}

async function deploy(simulation: Simulation): Promise<string> {
  const commit = pushed(simulation);
  expect(await simulation.ending(simulation.deploy())).toMatchObject({ status: 'SUCCEEDED' });
  return commit;
}

test('overlay missing: refused before anything is touched, the key that is expected is named', async () => {
  await simulate(optional, async (simulation) => {
    const v1 = await deploy(simulation);
    const commit = simulation.push();
    expect(await simulation.ending(simulation.deploy())).toEqual({
      status: 'FAILED',
      error: 'InvalidTarball',
      cause: expect.stringContaining(`found no overlay overlays/web/site/${commit}.tar.*, one is required`),
    });
    expect(simulation.truth.fleets()).toHaveLength(1);
    expect(served(simulation)).toEqual([v1, v1]);
  });
});

test('overlay deleted between prepare and boot: the first instance to miss it ends the deployment', async () => {
  await simulate(optional, async (simulation) => {
    const v1 = await deploy(simulation);
    const v2 = pushed(simulation);
    const second = simulation.deploy();
    await simulation.done(second, 'prepare');
    destroy(simulation, v2);
    const begun = simulation.time.now();
    expect(await simulation.ending(second)).toEqual({
      status: 'FAILED',
      error: 'InvalidTarball',
      cause: expect.stringMatching(
        new RegExp(`^instance i-\\w+: .*found no object overlays/web/site/${v2}.+; evidence: s3://`),
      ),
    });
    const { readySeconds } = simulation.truth.settings.rollout;
    expect(simulation.time.now() - begun).toBeLessThan(readySeconds * 1000);
    expect(recorded(simulation)).toBe(v1);
    expect(served(simulation)).toEqual([v1, v1]);
  });
});

test('overlay deleted by name alone: its version is still there, and is deployed', async () => {
  await simulate(optional, async (simulation) => {
    const v2 = pushed(simulation);
    const deployment = simulation.deploy();
    await simulation.done(deployment, 'prepare');
    simulation.world.s3.deleteObject(place(simulation, v2));
    expect(await simulation.ending(deployment)).toMatchObject({ status: 'SUCCEEDED' });
    expect(served(simulation)).toEqual([v2, v2]);
  });
});

test('overlay replaced under the same key: the one that was resolved is deployed, scale-outs too', async () => {
  await simulate(optional, async (simulation) => {
    const v1 = pushed(simulation);
    const deployment = simulation.deploy();
    await simulation.done(deployment, 'prepare');
    const resolved = simulation.world.s3.headObject(place(simulation, v1)).VersionId;
    simulation.world.s3.putObject({ ...place(simulation, v1), Body: 'somebody else built it' });
    expect(await simulation.ending(deployment)).toMatchObject({ status: 'SUCCEEDED' });
    expect(overlay(simulation)?.version).toBe(resolved);
    simulation.scale(live(simulation), 3);
    await simulation.rest();
    expect(served(simulation)).toEqual([v1, v1, v1]);
  });
});

test('overlay replaced, then deployed again: the new one is another release', async () => {
  await simulate(optional, async (simulation) => {
    const v1 = await deploy(simulation);
    const first = overlay(simulation);
    simulation.world.s3.putObject({ ...place(simulation, v1), Body: 'built again' });
    expect(await simulation.ending(simulation.deploy())).toMatchObject({ status: 'SUCCEEDED' });
    expect(overlay(simulation)?.key).toBe(first?.key);
    expect(overlay(simulation)?.sha256).not.toBe(first?.sha256);
  });
});

test('overlay of the live release deleted: it serves on, and the next deployment goes its way', async () => {
  await simulate(optional, async (simulation) => {
    const v1 = await deploy(simulation);
    destroy(simulation, v1);
    const v2 = await deploy(simulation);
    expect(served(simulation)).toEqual([v2, v2]);
  });
});
