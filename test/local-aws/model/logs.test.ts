import { fixture } from '../../support/local-aws/world.ts';

const names = { logGroupName: 'g', logStreamName: 'i-1' };
const day = 24 * 3_600_000;

describe('CloudWatch Logs', () => {
  const { world, clock } = fixture();
  beforeAll(() => {
    world.logs.createLogGroup({ logGroupName: 'g' });
    world.logs.createLogStream(names);
  });
  afterAll(() => world.close());

  const put = (...ages: number[]) =>
    world.logs.putLogEvents({
      ...names,
      logEvents: ages.map((age) => ({ timestamp: clock.now() - age, message: String(age) })),
    });

  test('says which events it did not take for their time', () => {
    expect(put(16 * day, 15 * day, 0, -day)).toEqual({
      rejectedLogEventsInfo: { tooOldLogEventEndIndex: 2, tooNewLogEventStartIndex: 3 },
    });
    expect(put(1, 0)).toEqual({});
  });

  test('counts the span of a batch without those', () => {
    expect(put(15 * day, 0).rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1 });
    expect(() => put(2 * day, 0)).toThrow('cannot span more than 24 hours');
  });

  test.each([
    ['nothing', []],
    ['an empty message', [{ timestamp: clock.now(), message: '' }]],
    ['more than a MiB', [{ timestamp: clock.now(), message: 'ü'.repeat(524_276) }]],
  ])('refuses %s', (_, logEvents) => {
    expect(() => world.logs.putLogEvents({ ...names, logEvents })).toThrow();
  });

  test('makes a group and a stream once', () => {
    expect(() => world.logs.createLogGroup({ logGroupName: 'g' })).toThrow('log group already exists');
    expect(() => world.logs.createLogStream(names)).toThrow('log stream already exists');
  });
});
