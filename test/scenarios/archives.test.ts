import { primaryRepository } from '../../lib/config/repository.ts';
import { storeKeys } from '../../lib/config/resource-names.ts';
import type { Simulation } from '../../lib/simulation/simulation.ts';
import { deployed, instances, live, recorded, served, simulate } from '../support/story/simulate.ts';

function archiveOf({ truth: { settings } }: Simulation, commit: string) {
  const name = primaryRepository(settings.repositories, settings.configuration);
  return { Bucket: settings.bucket, Key: storeKeys.archive(settings.service, name, commit) };
}

async function addOne(simulation: Simulation): Promise<void> {
  simulation.scale(live(simulation), 3);
  await simulation.time.advance(120_000);
}

test('the git host is gone: scale-outs of the recorded release start from its archive', async () => {
  await simulate({}, async (simulation) => {
    const v1 = await deployed(simulation);
    simulation.git.isDown = true;
    await addOne(simulation);
    expect(served(simulation)).toEqual([v1, v1, v1]);
  });
});

test('the git host is gone: an instance that dies is replaced from the archive', async () => {
  await simulate({}, async (simulation) => {
    const v1 = await deployed(simulation);
    simulation.git.isDown = true;
    const [victim = '', other = ''] = instances(simulation, 'blue');
    simulation.kill(victim);
    await simulation.time.advance(120_000);
    expect(instances(simulation, 'blue')).toEqual([other, expect.not.stringContaining(victim)]);
    expect(served(simulation)).toEqual([v1, v1]);
  });
});

test('the git host goes away in mid-deployment: the way back to the record does not need it', async () => {
  await simulate({}, async (simulation) => {
    const v1 = await deployed(simulation);
    simulation.push();
    const second = simulation.deploy();
    await simulation.done(second, 'prepare');
    simulation.git.isDown = true;
    expect(await simulation.ending(second)).toMatchObject({ status: 'FAILED' });
    await addOne(simulation);
    expect(recorded(simulation)).toBe(v1);
    expect(served(simulation)).toEqual([v1, v1, v1]);
  });
});

test('the archive is poisoned: launches get the commit from git', async () => {
  await simulate({}, async (simulation) => {
    const v1 = await deployed(simulation);
    simulation.world.s3.putObject({ ...archiveOf(simulation, v1), Body: 'forged' });
    await addOne(simulation);
    expect(served(simulation)).toEqual([v1, v1, v1]);
  });
});

test('the archive is poisoned and the git host gone: no launch enters service until one is back', async () => {
  await simulate({}, async (simulation) => {
    const v1 = await deployed(simulation);
    const archive = archiveOf(simulation, v1);
    simulation.world.s3.putObject({ ...archive, Body: 'forged' });
    simulation.git.isDown = true;
    await addOne(simulation);
    expect(served(simulation)).toEqual([v1, v1]);
    simulation.world.s3.deleteObject(archive);
    simulation.git.isDown = false;
    await simulation.time.advance(900_000);
    expect(served(simulation)).toEqual([v1, v1, v1]);
    expect(simulation.world.s3.headObject(archive).ContentLength).toBe(v1.length);
  });
});
