import { numberedRecord } from '../../../lib/rollout/release/numbered-record.ts';
import { FakeAws } from '../../support/fleet/fake-aws.ts';
import { names, recordOf } from '../../support/fleet/service.ts';

/** A service of so many records; that of version 103 was written by somebody's hand. */
function recorded(versions: number): FakeAws {
  const aws = new FakeAws();
  for (let version = 1; version <= versions; version++)
    aws.parameters.set(
      names.deployed,
      version === 103 ? 'garbage' : JSON.stringify(recordOf({ deployment: `d-${version}` })),
    );
  return aws;
}

const newest = { record: recordOf({ deployment: 'd-120' }), version: 120 };

test('reads the record of a version, the present one without asking', async () => {
  const aws = recorded(120);
  expect(await numberedRecord(aws, 'web', 21, newest)).toMatchObject({
    version: 21,
    record: { deployment: 'd-21' },
  });
  expect(await numberedRecord(new FakeAws(), 'web', 120, newest)).toBe(newest);
});

test.each([
  [121, 'InvalidInput', 'service web has the records 21 to 120, found 121; name one of these'],
  [
    20,
    'NothingRecorded',
    'record 20 of service web is gone, because Parameter Store keeps the newest 100 (21 to 120)',
  ],
  [103, 'InvalidRecord', `parameter ${names.deployed}:103: not JSON`],
])('refuses version %p by name', async (version, name, message) => {
  await expect(numberedRecord(recorded(120), 'web', version, newest)).rejects.toMatchObject({
    name,
    message: expect.stringContaining(message),
  });
});

test('refuses what is gone although it should be there, and what a new service never had', async () => {
  await expect(numberedRecord(recorded(2), 'web', 3, { ...newest, version: 4 })).rejects.toMatchObject({
    name: 'NothingRecorded',
    message: expect.stringContaining('record 3 of service web is gone'),
  });
  await expect(numberedRecord(recorded(0), 'web', 1, undefined)).rejects.toMatchObject({
    name: 'InvalidInput',
    message: 'version: service web was never deployed; deploy a branch or a commit',
  });
});
