import { readNotice } from '../../../lib/agent/leave/termination-notice.ts';

const now = Date.parse('2026-11-25T10:00:00Z');
const saying = (documents: Record<string, string>) => ({
  get: async (path: string) => documents[path],
});

const state = 'autoscaling/target-lifecycle-state';
const spot = 'spot/instance-action';

describe('a notice to leave', () => {
  it.each(['InService', 'Standby', 'Warmed:Stopped', 'Detached'])(
    'is none when the group wants %s',
    async (to) => {
      expect(await readNotice(saying({ [state]: to }), now)).toBeUndefined();
    },
  );

  it('is none without a group', async () => {
    expect(await readNotice(saying({}), now)).toBeUndefined();
  });

  it.each(['Terminated\n', 'Warmed:Terminated'])('comes when the group wants %j', async (to) => {
    const notice = await readNotice(saying({ [state]: to }), now);
    expect(notice).toEqual({ reason: 'terminated by its group' });
  });

  it('comes with its time when EC2 takes a spot instance back, whatever the group wants', async () => {
    const action = JSON.stringify({ action: 'terminate', time: '2026-11-25T10:02:00Z' });
    for (const group of ['InService', 'Terminated']) {
      const notice = await readNotice(saying({ [spot]: action, [state]: group }), now);
      expect(notice).toEqual({ reason: 'spot interruption', endsAt: now + 120_000 });
    }
  });

  it.each(['{"action":"stop"}', '{"action":"terminate","time":"soon"}', 'garbage'])(
    'leaves two minutes when it does not say when: %s',
    async (action) => {
      expect((await readNotice(saying({ [spot]: action }), now))?.endsAt).toBe(now + 120_000);
    },
  );
});
