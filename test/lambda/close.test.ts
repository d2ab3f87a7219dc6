import { close } from '../../lambda/close.ts';
import { afterRecord } from '../support/fleet/after-record.ts';
import { event, journal, journalOf, keep } from '../support/fleet/service.ts';

describe('close', () => {
  test('closes the journal and keeps what the next reader must know', async () => {
    const aws = afterRecord();
    await close(event, aws);
    const closed = await journal(aws);
    expect(closed).toMatchObject({ state: 'closed', deployed: 2, origin: event.execution });
    expect(closed).not.toHaveProperty('candidate');
    expect(closed).not.toHaveProperty('commit');
    await expect(close(event, aws)).resolves.toBeUndefined();
  });

  test('refuses to close the journal of another', async () => {
    const aws = afterRecord();
    keep(aws, journalOf({ execution: 'settle', phase: 'settle' }));
    await expect(close(event, aws)).rejects.toMatchObject({ name: 'JournalLost' });
    expect((await journal(aws))?.state).toBe('open');
  });
});
