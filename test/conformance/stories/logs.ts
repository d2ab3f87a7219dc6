import {
  CreateLogGroupCommand,
  GetLogEventsCommand,
  type InputLogEvent,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Account } from '../account.ts';
import { outcome, type Story } from '../story.ts';

const group = '/holdfast/prod/instances/web';
const to = { group, stream: 'i-1' };
const names = { logGroupName: group, logStreamName: 'i-1' };
const hour = 3_600_000;

/** A group with one stream. */
async function stream({ clients, adapters: { logs } }: Account): Promise<void> {
  await clients.logs.send(new CreateLogGroupCommand({ logGroupName: group }));
  await logs.create(to);
}

async function written({ clients }: Account): Promise<unknown[]> {
  const command = new GetLogEventsCommand({ ...names, startFromHead: true });
  const { events = [] } = await clients.logs.send(command);
  return events.map(({ timestamp, message }) => ({ timestamp, message }));
}

/** What becomes of a batch that no adapter's caller makes. */
function put({ clients }: Account, logEvents: InputLogEvent[]): Promise<string> {
  return outcome(clients.logs.send(new PutLogEventsCommand({ ...names, logEvents })));
}

const lines: Story = {
  name: 'logs: a stream is made once or twice, and gets what is put',
  async tell(account) {
    const { logs } = account.adapters;
    await stream(account);
    await logs.create(to);
    const now = account.now();
    const events = [
      { timestamp: now - 2, message: 'one' },
      { timestamp: now - 2, message: 'zwei \u00fc' },
      { timestamp: now, message: 'three' },
    ];
    expect(await logs.put(to, events)).toBe(0);
    expect(await written(account)).toEqual(events);
  },
};

const missing: Story = {
  name: 'logs: neither a group nor a stream that is missing takes anything',
  async tell({ clients, adapters: { logs }, now }) {
    const events = [{ timestamp: now(), message: 'one' }];
    await logs.create(to);
    expect(await logs.put(to, events)).toBeUndefined();
    const create = new CreateLogGroupCommand({ logGroupName: group });
    await clients.logs.send(create);
    expect(await logs.put(to, events)).toBeUndefined();
    expect(await outcome(clients.logs.send(create))).toBe('ResourceAlreadyExistsException');
  },
};

const naming: Story = {
  name: 'logs: the name of a stream holds no colon',
  async tell(account) {
    await stream(account);
    await expect(account.adapters.logs.create({ group, stream: 'AROA:i-1' })).rejects.toThrow(
      'InvalidParameterException',
    );
  },
  notMoto: 'it takes every name',
};

const order: Story = {
  name: 'logs: a batch that is not in the order of its times is refused',
  async tell(account) {
    await stream(account);
    const now = account.now();
    const events = [now, now - 1].map((timestamp) => ({ timestamp, message: 'm' }));
    expect(await put(account, events)).toBe('InvalidParameterException');
    expect(await written(account)).toEqual([]);
  },
};

const limits: Story = {
  name: 'logs: a batch of more than 1 MiB, 10,000 events or 24 hours is refused',
  async tell(account) {
    await stream(account);
    const now = account.now();
    const full = { timestamp: now, message: 'm'.repeat(1_048_576 - 26) };
    expect(await put(account, [full])).toBe('fine');
    expect(await put(account, [{ timestamp: now, message: `${full.message}m` }])).not.toBe('fine');
    const many = Array.from({ length: 10_001 }, () => ({ timestamp: now, message: 'm' }));
    expect(await put(account, many.slice(1))).toBe('fine');
    expect(await put(account, many)).not.toBe('fine');
    const apart = [now - 25 * hour, now].map((timestamp) => ({ timestamp, message: 'm' }));
    expect(await put(account, apart)).not.toBe('fine');
  },
  notMoto: 'it looks at the order alone',
};

const refused: Story = {
  name: 'logs: events that are too old or too new are refused, the others taken',
  async tell(account) {
    await stream(account);
    const now = account.now();
    const old = [15 * 24 * hour, 14 * 24 * hour + 1].map((age) => ({ timestamp: now - age, message: 'old' }));
    const good = [{ timestamp: now, message: 'good' }];
    const early = [{ timestamp: now + 3 * hour, message: 'early' }];
    expect(await account.adapters.logs.put(to, [...old, ...good, ...early])).toBe(3);
    expect(await written(account)).toEqual(good);
  },
  notMoto: 'it counts the events that are too old as if the index of the last belonged to them',
};

export const logStories: Story[] = [lines, missing, naming, order, limits, refused];
