import { update } from '../support/story/permissions.ts';
import { deployed, live, outputOf, served, simulate } from '../support/story/simulate.ts';

test('what serves already: nothing is touched, beside a deployment of the same moment as well', async () => {
  await simulate({}, async (simulation) => {
    const v1 = await deployed(simulation);
    const fleet = live(simulation);
    const before = simulation.truth.journal;
    const begun = simulation.time.now();
    const both = [simulation.deploy(), simulation.deploy({ commit: v1 })];
    for (const execution of both)
      expect(await outputOf(simulation, execution)).toMatchObject({
        service: 'web',
        version: 1,
        fleet,
        result: 'unchanged',
        because: expect.stringContaining('deploy with "replace": true'),
      });
    expect(simulation.time.now() - begun).toBeLessThan(5_000);
    expect(simulation.truth.journal).toEqual(before);
    expect(live(simulation)).toBe(fleet);
  });
});

test('replace: new machines of the same release, without a failed request', async () => {
  await simulate({}, async (simulation) => {
    const v1 = await deployed(simulation);
    const fleet = live(simulation);
    const output = await outputOf(simulation, simulation.deploy({ replace: true }));
    expect(output).toMatchObject({ version: 2, result: 'deployed' });
    expect(live(simulation)).not.toBe(fleet);
    expect(served(simulation)).toEqual([v1, v1]);
  });
});

test('a newer image alone: unchanged, and the answer names replace, which takes it', async () => {
  await simulate({}, async (simulation) => {
    await deployed(simulation);
    const { ssm, ec2 } = simulation.world;
    const { id } = simulation.truth.settings.launchTemplate;
    const images = () =>
      ec2
        .describeLaunchTemplateVersions({ LaunchTemplateId: id })
        .LaunchTemplateVersions?.map(({ LaunchTemplateData }) => LaunchTemplateData?.ImageId ?? '');
    const alias = images()?.find((image) => image.startsWith('resolve:ssm:')) ?? '';
    ssm.seed(alias.slice('resolve:ssm:'.length), 'ami-00000000000000002');
    expect(await outputOf(simulation, simulation.deploy())).toMatchObject({
      result: 'unchanged',
      because: expect.stringContaining('there is a newer image ami-00000000000000002'),
    });
    expect(await outputOf(simulation, simulation.deploy({ replace: true }))).toMatchObject({ version: 2 });
    expect(images()).toContain('ami-00000000000000002');
  });
});

test('changed settings of the same release are deployed; a worker is unchanged as well', async () => {
  await simulate({ service: 'worker' }, async (simulation) => {
    await deployed(simulation);
    expect(await outputOf(simulation, simulation.deploy())).toMatchObject({ result: 'unchanged' });
    update(simulation, (settings) => ({ ...settings, start: 'systemctl restart other' }));
    expect(await outputOf(simulation, simulation.deploy())).toMatchObject({ result: 'deployed', version: 2 });
    expect(await outputOf(simulation, simulation.deploy())).toMatchObject({
      result: 'unchanged',
      version: 2,
    });
  });
});
