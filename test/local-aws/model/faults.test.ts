import { accessDenied, internalError, throttlingError } from '../../../lib/local-aws/model/fault-errors.ts';
import { fixture } from '../../support/local-aws/world.ts';

const put = (value: string) => ({
  service: 'ssm',
  operation: 'PutParameter',
  input: { Name: '/a', Value: value, Type: 'String', Overwrite: true },
});
const get = { service: 'ssm', operation: 'GetParameter', input: { Name: '/a' } };

describe('faults', () => {
  test('an error comes instead of the effect, a lost answer after it', async () => {
    const { world } = fixture();
    world.faults.next('ssm', 'PutParameter', { error: throttlingError('ssm') });
    await expect(world.call(put('one'))).rejects.toMatchObject({ code: 'ThrottlingException' });
    await expect(world.call(get)).rejects.toMatchObject({ code: 'ParameterNotFound' });
    world.faults.next('ssm', '*', { lost: internalError() });
    await expect(world.call(put('two'))).rejects.toMatchObject({ status: 500 });
    await expect(world.call(get)).resolves.toMatchObject({ Parameter: { Value: 'two' } });
  });

  test('the hook decides about every call and sees its input', async () => {
    const { world } = fixture();
    world.faults.before = (call) => (call.input.Name === '/a' ? { error: accessDenied(call) } : undefined);
    await expect(world.call(get)).rejects.toMatchObject({
      code: 'AccessDeniedException',
      message: 'not authorized to perform: ssm:GetParameter',
    });
    await expect(world.call({ ...get, input: { Name: '/b' } })).rejects.toMatchObject({
      code: 'ParameterNotFound',
    });
  });

  test('a delay passes on the clock', async () => {
    const { world, clock } = fixture();
    world.faults.next('ssm', '*', { delayMilliseconds: 5000 });
    const call = world.call(put('one'));
    await clock.advance(4999);
    expect(() => world.ssm.getParameter({ Name: '/a' })).toThrow('not found');
    await clock.until(call);
    expect(world.ssm.getParameter({ Name: '/a' }).Parameter?.Value).toBe('one');
  });

  test('every call can take its time, besides its own delay', async () => {
    const { world, clock } = fixture();
    world.faults.latency = 100;
    world.faults.next('ssm', '*', { delayMilliseconds: 50 });
    for (const milliseconds of [150, 100]) {
      const since = clock.now();
      await clock.until(world.call(put('one')));
      expect(clock.now() - since).toBe(milliseconds);
    }
  });

  test('a read can be stale', async () => {
    const { world } = fixture();
    await world.call(put('one'));
    await world.call(put('two'));
    world.faults.next('ssm', 'GetParameter', { stale: { versions: 1 } });
    await expect(world.call(get)).resolves.toMatchObject({ Parameter: { Value: 'one' } });
    await expect(world.call(get)).resolves.toMatchObject({ Parameter: { Value: 'two' } });
  });

  test('a rule can be taken away, and every call can be watched', async () => {
    const { world } = fixture();
    const seen: string[] = [];
    world.faults.seen = ({ operation }, fault) => seen.push(`${operation} ${fault ? 'fails' : 'works'}`);
    const remove = world.faults.add(() => ({ error: internalError() }));
    await expect(world.call(put('one'))).rejects.toMatchObject({ status: 500 });
    remove();
    await world.call(put('one'));
    expect(seen).toEqual(['PutParameter fails', 'PutParameter works']);
  });

  test("the model's own classes never fail by fault", () => {
    const { world } = fixture();
    world.faults.before = () => ({ error: internalError() });
    expect(world.ssm.putParameter(put('one').input as never).Version).toBe(1);
  });

  test('reads of parameters can be limited to so many a second', async () => {
    const { world, clock } = fixture({ ssmReadsPerSecond: 40 });
    await world.call(put('one'));
    const outcomes = () =>
      Promise.all(
        Array.from({ length: 50 }, () =>
          world.call(get).then(
            () => 'read',
            (error) => error.code,
          ),
        ),
      );
    const count = (all: string[]) => all.filter((outcome) => outcome === 'read').length;
    expect(count(await outcomes())).toBe(40);
    await clock.advance(500);
    expect(count(await outcomes())).toBe(20);
  });

  test('refuses services and operations that are not modelled', async () => {
    const { world } = fixture();
    await expect(world.call({ ...get, service: 'dynamodb' })).rejects.toThrow('dynamodb:GetParameter is not');
    await expect(world.call({ ...get, operation: 'Seed' })).rejects.toThrow('ssm:Seed is not');
  });
});
