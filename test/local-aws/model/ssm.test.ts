import { type Fixture, fixture } from '../../support/local-aws/world.ts';

describe('Parameter Store', () => {
  let aws: Fixture;
  beforeEach(() => {
    aws = fixture();
  });

  const put = (Name: string, Value: string) =>
    aws.world.ssm.putParameter({ Name, Value, Type: 'String', Overwrite: true }).Version;
  const value = (Name: string, stale?: { versions?: number; milliseconds?: number }) =>
    aws.world.ssm.getParameter({ Name }, stale).Parameter?.Value;

  test('every write makes a version, also one that changes nothing', () => {
    expect([put('/a', 'x'), put('/a', 'x')]).toEqual([1, 2]);
  });

  test('refuses to overwrite without being told to', () => {
    put('/a', 'x');
    expect(() => aws.world.ssm.putParameter({ Name: '/a', Value: 'y', Type: 'String' })).toThrow(
      'already exists',
    );
  });

  test('refuses more than 4096 bytes, nothing, reserved and unfit names', () => {
    expect(put('/a', 'ü'.repeat(2048))).toBe(1);
    expect(() => put('/a', `${'ü'.repeat(2048)}x`)).toThrow('maximum parameter value of 4096');
    expect(() => put('/a', '')).toThrow('length at least 1');
    expect(() => put('/aws/x', 'x')).toThrow('can\'t be prefixed with "aws" or "ssm"');
    expect(() => put('a/b', 'x')).toThrow('fully qualified');
    expect(() => put('/a:b', 'x')).toThrow('not valid');
  });

  test('keeps a hundred versions', () => {
    for (let count = 0; count < 101; count += 1) put('/a', String(count));
    expect(value('/a:101')).toBe('100');
    expect(() => value('/a:1')).toThrow('could not find version 1');
    expect(value('/a:2')).toBe('1');
  });

  test('a label on the oldest version makes the next write fail', () => {
    for (let count = 0; count < 100; count += 1) put('/a', String(count));
    aws.world.ssm.labelParameterVersion({ Name: '/a', ParameterVersion: 1, Labels: ['keep'] });
    expect(value('/a:keep')).toBe('0');
    expect(() => put('/a', 'next')).toThrow('has a label');
  });

  test('a deleted name rests 30 seconds', async () => {
    put('/a', 'x');
    aws.world.ssm.deleteParameter({ Name: '/a' });
    expect(() => value('/a')).toThrow('Parameter /a not found.');
    expect(() => put('/a', 'y')).toThrow('already exists');
    await aws.clock.advance(30_000);
    expect(put('/a', 'y')).toBe(1);
  });

  test('a stale read lags by versions or by time', async () => {
    put('/a', 'one');
    await aws.clock.advance(1000);
    put('/a', 'two');
    expect(value('/a', { versions: 1 })).toBe('one');
    expect(value('/a', { milliseconds: 500 })).toBe('one');
    expect(() => value('/a:2', { versions: 1 })).toThrow('could not find version 2');
    expect(() => value('/a', { versions: 2 })).toThrow('not found');
    await aws.clock.advance(500);
    expect(value('/a', { milliseconds: 500 })).toBe('two');
  });

  test('reads by path, page by page', () => {
    for (const name of ['/p/a', '/p/b', '/p/c/d', '/q']) put(name, 'x');
    const names = (input: object) =>
      aws.world.ssm.getParametersByPath({ Path: '/p', ...input }).Parameters?.map(({ Name }) => Name);
    expect(names({})).toEqual(['/p/a', '/p/b']);
    expect(names({ Recursive: true, MaxResults: 2 })).toEqual(['/p/a', '/p/b']);
    expect(names({ Recursive: true, MaxResults: 2, NextToken: '2' })).toEqual(['/p/c/d']);
  });

  test('reads several and names those that it does not have', () => {
    put('/a', 'x');
    const found = aws.world.ssm.getParameters({ Names: ['/a', '/b', '/a:9'] });
    expect(found.Parameters?.map(({ Name }) => Name)).toEqual(['/a']);
    expect(found.InvalidParameters).toEqual(['/b', '/a:9']);
  });

  test("AWS's own parameters can be seeded", () => {
    aws.world.ssm.seed('/aws/service/ami', 'ami-1');
    expect(value('/aws/service/ami')).toBe('ami-1');
  });
});
