import { ssmParameters } from '../../lib/aws/parameters.ts';
import { AwsError } from '../../lib/local-aws/model/error.ts';
import { type Clients, clients, transports } from '../support/local-aws/clients.ts';

describe.each(transports)('parameters through %s', (transport) => {
  let aws: Clients;
  beforeEach(async () => {
    aws = await clients(transport);
  });
  afterEach(() => aws.close());

  const parameters = (waitSeconds = 0) => ssmParameters(aws.ssm, { waitSeconds });

  test('a missing one is no error', async () => {
    expect(await parameters().get('/none')).toBeUndefined();
  });

  test('versions count up, each can be read', async () => {
    expect(await parameters().put('/p', 'one')).toBe(1);
    expect(await parameters().put('/p', 'two')).toBe(2);
    expect(await parameters().get('/p')).toEqual({ name: '/p', value: 'two', version: 2 });
    expect(await parameters().getVersion('/p', 1)).toEqual({ name: '/p', value: 'one', version: 1 });
  });

  test('a version that is not visible yet is asked for again', async () => {
    await parameters().put('/p', 'one');
    await parameters().put('/p', 'two');
    aws.world.faults.next('ssm', 'GetParameter', { stale: { versions: 1 } }, 2);
    expect(await parameters(5).getVersion('/p', 2)).toMatchObject({ value: 'two' });
  });

  test('refuses a version that never comes: nothing is recorded', async () => {
    await expect(parameters().getVersion('/p', 3)).rejects.toMatchObject({
      name: 'NothingRecorded',
      message: expect.stringContaining('found no version 3'),
    });
  });

  test('several are read with one call, by what they were asked for', async () => {
    const asked: string[] = [];
    aws.world.faults.seen = ({ operation }) => asked.push(operation);
    await parameters().put('/p', 'one');
    await parameters().put('/p', 'two');
    await parameters().put('/q', 'three');
    const found = await parameters().together(['/p:1', '/q', '/none', '/q:9']);
    expect(Object.fromEntries(found)).toEqual({
      '/p:1': { name: '/p', value: 'one', version: 1 },
      '/q': { name: '/q', value: 'three', version: 1 },
    });
    expect(asked.slice(3)).toEqual(['GetParameters']);
  });

  test('fails when it could not ask for several', async () => {
    const error = new AwsError('AccessDeniedException', 'not allowed', 400);
    aws.world.faults.next('ssm', 'GetParameters', { error });
    await expect(parameters().together(['/p', '/q:1'])).rejects.toMatchObject({
      name: 'AwsFailed',
      message: 'could not read parameters /p, /q:1: AccessDeniedException: not allowed',
    });
  });

  test('fails when it could not ask', async () => {
    const error = new AwsError('AccessDeniedException', 'not allowed', 400);
    aws.world.faults.next('ssm', 'GetParameter', { error });
    await expect(parameters().get('/p')).rejects.toMatchObject({
      name: 'AwsFailed',
      message: 'could not read parameter /p: AccessDeniedException: not allowed',
    });
  });
});
