import { fixture } from '../../support/local-aws/world.ts';

describe('Secrets Manager', () => {
  test('a secret by name, ARN, and ARN without its suffix', () => {
    const { world } = fixture();
    const { ARN = '' } = world.secrets.createSecret({ Name: 'git/token', SecretString: 'one' });
    world.secrets.putSecretValue({ SecretId: 'git/token', SecretString: 'two' });
    const value = (SecretId: string) => world.secrets.getSecretValue({ SecretId }).SecretString;
    expect(['git/token', ARN, ARN.slice(0, -7)].map(value)).toEqual(['two', 'two', 'two']);
    expect(() => value('other')).toThrow("can't find the specified secret");
    expect(() => world.secrets.createSecret({ Name: 'git/token' })).toThrow('already exists');
  });
});

describe('CloudWatch', () => {
  test("an alarm's state is set from outside, kept by an update, and told to subscribers", async () => {
    const { world, clock } = fixture();
    const alarm = {
      AlarmName: 'errors',
      EvaluationPeriods: 1,
      ComparisonOperator: 'GreaterThanThreshold',
    } as const;
    const seen: unknown[] = [];
    world.events.subscribe((event) => seen.push(event['detail-type']));
    world.cloudWatch.putMetricAlarm(alarm);
    world.cloudWatch.setAlarmState({ AlarmName: 'errors', StateValue: 'ALARM', StateReason: 'test' });
    world.cloudWatch.putMetricAlarm({ ...alarm, Threshold: 5 });
    await clock.advance(1000);
    const { MetricAlarms } = world.cloudWatch.describeAlarms({ StateValue: 'ALARM' });
    expect(MetricAlarms).toMatchObject([{ AlarmName: 'errors', Threshold: 5 }]);
    expect(seen).toEqual(['CloudWatch Alarm State Change']);
    world.cloudWatch.deleteAlarms({ AlarmNames: ['errors'] });
    expect(() =>
      world.cloudWatch.setAlarmState({ AlarmName: 'errors', StateValue: 'OK', StateReason: '' }),
    ).toThrow('Unknown alarm errors');
  });
});

describe('World', () => {
  test('a closed world does nothing more', async () => {
    const { world, clock } = fixture();
    let count = 0;
    world.events.every(1000, () => {
      count += 1;
    });
    world.close();
    world.events.every(1000, () => {
      count += 1;
    });
    await clock.advance(10_000);
    expect(count).toBe(0);
    expect(clock.pending).toBe(0);
  });
});
