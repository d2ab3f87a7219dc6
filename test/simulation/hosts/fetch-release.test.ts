import { parameterNames } from '../../../lib/config/resource-names.ts';
import { fetchRelease, readRecord } from '../../../lib/simulation/hosts/fetch-release.ts';
import { commit, launched, record, recordName, settings } from '../../support/story/instance.ts';
import { known } from '../../support/story/instance-context.ts';

const { deployed } = parameterNames(settings.environment, settings.service);
const unproven = { ...record, verified: false };

test('the record is read at the version that the fleet carries', async () => {
  const { context, parameters } = known();
  parameters.set(recordName, JSON.stringify(record));
  parameters.set(recordName.replace(/\d+$/, '99'), JSON.stringify({ ...record, deployment: 'other' }));
  expect(await readRecord(launched, context)).toEqual(record);
});

test('a proven record is obtained without asking git', async () => {
  await expect(fetchRelease(known().context, settings, record)).resolves.toBeUndefined();
});

test('an unproven commit must be on its branch, unless this release was deployed before', async () => {
  const { context, held, parameters } = known();
  await expect(fetchRelease(context, settings, unproven)).rejects.toMatchObject({ name: 'UnknownCommit' });
  parameters.set(deployed, JSON.stringify(record));
  await expect(fetchRelease(context, settings, unproven)).resolves.toBeUndefined();
  parameters.delete(deployed);
  held.add(commit);
  await expect(fetchRelease(context, settings, unproven)).resolves.toBeUndefined();
});

test('a tarball that is gone is refused', async () => {
  const { context, objects } = known();
  const overlay = { key: 'overlays/web/site/1.tar.gz', version: 'v1', sha256: '0'.repeat(64) };
  const release = { site: { branch: 'main', commit, overlay } };
  await expect(fetchRelease(context, settings, { ...record, release })).rejects.toMatchObject({
    name: 'InvalidTarball',
  });
  objects.set(overlay.key, '');
  await expect(fetchRelease(context, settings, { ...record, release })).resolves.toBeUndefined();
});
