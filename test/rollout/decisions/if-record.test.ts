import { refuseOtherRecord } from '../../../lib/rollout/decisions/if-record.ts';

const refuse = (ifRecord: number | undefined, version: number | undefined) => () =>
  refuseOtherRecord({ service: 'web', ...(ifRecord !== undefined && { ifRecord }) }, version);

test.each([
  [undefined, undefined],
  [undefined, 7],
  [7, 7],
  [0, undefined],
])('ifRecord %p fits record %p', (ifRecord, version) => {
  expect(refuse(ifRecord, version)).not.toThrow();
});

test.each([
  [6, 7, 'service web has record 7, ifRecord expects record 6; look at what was deployed since'],
  [8, 7, 'service web has record 7, ifRecord expects record 8'],
  [0, 7, 'service web has record 7, ifRecord expects none'],
  [1, undefined, 'service web was never deployed, ifRecord expects record 1'],
])('refuses ifRecord %p beside record %p', (ifRecord, version, message) => {
  expect(refuse(ifRecord, version)).toThrow(
    expect.objectContaining({ name: 'RecordChanged', message: expect.stringContaining(message) }),
  );
});
