import { close } from '../../lambda/close.ts';
import { afterRecord } from '../support/fleet/after-record.ts';
import {
  candidate,
  commits,
  event,
  journal,
  journalOf,
  keep,
  live,
  newService,
  releaseOf,
} from '../support/fleet/service.ts';

describe('close', () => {
  test('closes the journal and keeps what the next reader must know', async () => {
    const aws = afterRecord();
    const answer = await close({ ...event, startedAt: '2026-11-22T09:50:30.000Z' }, aws);
    expect(answer).toEqual({
      service: 'web',
      release: releaseOf(commits.old),
      version: 2,
      fleet: candidate,
      seconds: 570,
      result: 'deployed',
    });
    const closed = await journal(aws);
    expect(closed).toMatchObject({ state: 'closed', deployed: 2, origin: event.execution });
    expect(closed).not.toHaveProperty('candidate');
    expect(closed).not.toHaveProperty('commit');
    aws.time += 10_000;
    expect(await close({ ...event, startedAt: '2026-11-22T09:50:30.000Z' }, aws)).toEqual({
      ...answer,
      seconds: 580,
    });
  });

  test('an execution that came back says so; one of the version before says how long it owned the journal', async () => {
    const aws = afterRecord();
    keep(aws, journalOf({ phase: 'settle', deployed: 1 }));
    expect(await close(event, aws)).toMatchObject({
      version: 1,
      fleet: live,
      seconds: 60,
      result: 'returned',
    });
  });

  test('nothing was ever deployed: no release is named', async () => {
    const aws = newService();
    const { deployed: _, ...never } = journalOf({ phase: 'settle' });
    keep(aws, never);
    expect(await close(event, aws)).toEqual({ service: 'web', seconds: 60, result: 'returned' });
  });

  test('refuses to close the journal of another', async () => {
    const aws = afterRecord();
    keep(aws, journalOf({ execution: 'settle', phase: 'settle' }));
    await expect(close(event, aws)).rejects.toMatchObject({ name: 'JournalLost' });
    expect((await journal(aws))?.state).toBe('open');
  });
});
