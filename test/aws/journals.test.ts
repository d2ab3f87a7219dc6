import { storedJournals } from '../../lib/aws/journals.ts';
import { s3Objects } from '../../lib/aws/objects.ts';
import { journalOf } from '../support/fleet/service.ts';
import { type Clients, clients } from '../support/local-aws/clients.ts';

describe('journals in the store bucket', () => {
  let aws: Clients;
  beforeEach(async () => {
    aws = await clients('memory');
    aws.world.s3.createBucket({ Bucket: 'store' });
  });
  afterEach(() => aws.close());

  const journals = () => storedJournals(s3Objects(aws.s3, 'store'));

  test('the first of two takers wins', async () => {
    const taken = await Promise.all([1, 2].map(() => journals().write(journalOf(), { absent: true })));
    expect(taken.filter((each) => each !== undefined)).toHaveLength(1);
    expect((await journals().read('web'))?.journal).toEqual(journalOf());
  });

  test('a change needs the entity tag of what was read', async () => {
    await journals().write(journalOf(), { absent: true });
    const held = await journals().read('web');
    const etag = held?.etag ?? '';
    expect(await journals().write(journalOf({ step: 'boot' }), { etag })).toMatchObject({
      journal: { step: 'boot' },
    });
    expect(await journals().write(journalOf({ step: 'late' }), { etag })).toBeUndefined();
    expect((await journals().read('web'))?.journal.step).toBe('boot');
  });

  test('services are those that have a journal', async () => {
    expect(await journals().services()).toEqual([]);
    expect(await journals().read('web')).toBeUndefined();
    for (const service of ['web', 'worker']) await journals().write(journalOf({ service }), { absent: true });
    expect(await journals().services()).toEqual(['web', 'worker']);
  });

  test('refuses a journal that does not fit', async () => {
    aws.world.s3.putObject({ Bucket: 'store', Key: 'journal/web.json', Body: Buffer.from('{}') });
    await expect(journals().read('web')).rejects.toMatchObject({ name: 'InvalidRecord' });
  });
});
