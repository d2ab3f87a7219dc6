import { storeKeys } from '../../../lib/config/resource-names.ts';
import { claimForRollout, claimForSettle } from '../../../lib/rollout/actions/ownership.ts';
import { FakeAws } from '../../support/fleet/fake-aws.ts';
import { event, journal, journalOf, keep } from '../../support/fleet/service.ts';

describe('the hold on a journal', () => {
  let aws: FakeAws;
  beforeEach(() => {
    aws = new FakeAws();
    keep(aws, journalOf());
  });

  test('looks right before every change', async () => {
    const owner = await claimForRollout(aws, event);
    const change = jest.fn(async () => 'done');
    expect(await owner.act(change)).toBe('done');
    keep(aws, journalOf({ execution: 'settle', kind: 'settle', phase: 'settle', deployment: 'd-2' }));
    await expect(owner.act(change)).rejects.toMatchObject({
      name: 'JournalLost',
      message: expect.stringContaining('the settling of deployment d-2'),
    });
    expect(change).toHaveBeenCalledTimes(1);
  });

  test('looks once before each batch of many changes, and stops at the first batch after a loss', async () => {
    const owner = await claimForRollout(aws, event);
    const read = jest.spyOn(aws.journals, 'read');
    const done: number[] = [];
    const all = Array.from({ length: 60 }, (_, index) => index);
    const change = async (each: number) => done.push(each);
    await owner.actOnEach(all, change);
    expect([done, read.mock.calls.length]).toEqual([all, 3]);
    const lost = owner.actOnEach(all, async (each) => {
      await change(each);
      keep(aws, journalOf({ execution: 'settle' }));
    });
    await expect(lost).rejects.toMatchObject({ name: 'JournalLost' });
    expect(done).toHaveLength(60 + 25);
  });

  test('fails with the first error of a batch once the whole batch has ended', async () => {
    const owner = await claimForRollout(aws, event);
    let ended = 0;
    const work = owner.actOnEach([1, 2, 3], async (each) => {
      if (each === 1) throw new Error('refused');
      await new Promise(setImmediate);
      ended += 1;
    });
    await expect(work).rejects.toThrow('refused');
    expect(ended).toBe(2);
  });

  test('notes by a conditional write; a change meanwhile is kept', async () => {
    const owner = await claimForRollout(aws, event);
    keep(aws, journalOf({ deployed: 7 }));
    await owner.note((now) => ({ ...now, step: 'boot' }));
    expect(await journal(aws)).toMatchObject({ deployed: 7, step: 'boot' });
  });

  test('notes nothing in a journal that was taken over', async () => {
    const owner = await claimForRollout(aws, event);
    keep(aws, journalOf({ execution: 'settle' }));
    await expect(owner.note((now) => ({ ...now, step: 'boot' }))).rejects.toMatchObject({
      name: 'JournalLost',
    });
    expect((await journal(aws))?.step).toBe('prepare');
  });

  test('gives up when it never wins', async () => {
    const owner = await claimForRollout(aws, event);
    aws.objects.beforePut = () => keep(aws, journalOf());
    await expect(owner.note((now) => now)).rejects.toMatchObject({ name: 'JournalLost' });
  });

  test('a step of settle does not act before settling began, nor one of the rollout after', async () => {
    await expect(claimForSettle(aws, event)).rejects.toMatchObject({ name: 'JournalLost' });
    keep(aws, journalOf({ phase: 'settle' }));
    await expect(claimForRollout(aws, event)).rejects.toMatchObject({ name: 'JournalLost' });
    await expect(claimForSettle(aws, event)).resolves.toBeDefined();
  });

  test('there is no hold without a journal', async () => {
    aws.objects.stored.delete(storeKeys.journal('web'));
    await expect(claimForRollout(aws, event)).rejects.toMatchObject({ name: 'JournalLost' });
  });
});
