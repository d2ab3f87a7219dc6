import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeLayer } from '../../lib/rehearsal/hosts/machine/root-file-system.ts';
import { launch, launched, record, reportOf } from '../support/machine/launch.ts';
import { line, shipped } from '../support/machine/log.ts';
import { Stage } from '../support/machine/stage.ts';

jest.setTimeout(300_000);

const bakedImage = 'ami-0baced0baced00000';

describe('an image that was baked on a machine', () => {
  const image = mkdtempSync(join(tmpdir(), 'holdfast-image-'));
  let stage: Stage;
  let builder: string;
  let id: string;

  beforeAll(async () => {
    const layers = (imageId: string) => [
      join(image, 'node'),
      ...(imageId === bakedImage ? [join(image, 'baked')] : []),
    ];
    await nodeLayer(join(image, 'node'));
    stage = await Stage.start({ hosts: { layers } });
    record(stage, stage.release('v1'), 'deployed');
    builder = launch(stage, { userData: (text) => text.replace('\n', '\nexport HOLDFAST_COMMAND=bake\n') });
    const isBaked = () => (stage.hosts.console(builder).includes('"result":"baked"') ? true : undefined);
    await stage.waitFor('the image', isBaked, { seconds: 120, show: [builder] });
    await stage.hosts.machine(builder).keep(join(image, 'baked'));
    id = await launched(stage, { imageId: bakedImage });
  });
  afterAll(async () => {
    await stage?.stop();
    rmSync(image, { recursive: true });
  });

  it('boots to 200 with nothing to fetch', async () => {
    expect(reportOf(stage, id)).toMatchObject({ instance: id, result: 'ready' });
    expect((await stage.ask(id)).body).toContain('release v1<');
    const phases = reportOf(stage, id)?.phases.map(({ name }) => name);
    expect(phases).not.toContain('fetch');
    expect(phases).not.toContain('provision');
  });

  it('has an identity of its own, and nothing of the machine that it was baked on', async () => {
    expect(await stage.run(id, 'hostname')).toBe(`web-${id}`);
    expect(await stage.run(id, 'cat /etc/machine-id')).toMatch(/^[0-9a-f]{32}$/);
    // cloud-init itself goes on writing its log after a user-data that bakes.
    const traces = `grep -rlI --exclude=cloud-init.log ${builder} /etc /opt/holdfast/init.json /var/lib /var/log /root || true`;
    expect(await stage.run(id, traces)).toBe('');
  });

  it('has a log of its own, from its first line on', async () => {
    await line(stage, id, /"event":"identity"/);
    const boots = shipped(stage, id).filter((each) => each.endsWith(': Journal started'));
    expect(boots).toHaveLength(1);
    expect(shipped(stage, builder)).toEqual([]);
  });

  it('fetches the difference when another release is recorded', async () => {
    const next = await launched(stage, { imageId: bakedImage, release: stage.release('v2') });
    expect((await stage.ask(next)).body).toContain('release v2<');
    expect(reportOf(stage, next)?.phases.map(({ name }) => name)).toContain('fetch');
  });
});
