import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { accessDenied, throttlingError } from '../../lib/local-aws/model/fault-errors.ts';
import { direct } from '../../lib/simulation/direct-clients.ts';
import { Process } from '../../lib/simulation/process.ts';
import { fixture } from '../support/local-aws/world.ts';

function made() {
  const { world, clock } = fixture();
  return { world, clock, ...direct.connect(world, new Process('test', 10)) };
}

test('commands reach the local AWS as they are, under the caller’s name', async () => {
  const { world, ssm } = made();
  const callers: (string | undefined)[] = [];
  world.faults.seen = ({ caller }) => callers.push(caller);
  await ssm.send(new PutParameterCommand({ Name: '/a', Value: '1', Type: 'String' }));
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: '/a' }));
  expect(Parameter).toMatchObject({ Name: '/a', Value: '1', Version: 1 });
  expect(callers).toEqual(['test', 'test']);
});

test('bodies of objects can be read as text and in parts', async () => {
  const { world, s3 } = made();
  world.s3.createBucket({ Bucket: 'store' });
  await s3.send(new PutObjectCommand({ Bucket: 'store', Key: 'a', Body: 'text' }));
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'store', Key: 'a' }));
  expect(await Body?.transformToString()).toBe('text');
  const parts: Uint8Array[] = [];
  for await (const part of Body as AsyncIterable<Uint8Array>) parts.push(part);
  expect(Buffer.concat(parts).toString()).toBe('text');
});

test('throttled calls are tried again in virtual time, up to ten times', async () => {
  const { world, clock, ssm } = made();
  world.ssm.putParameter({ Name: '/a', Value: '1', Type: 'String' });
  world.faults.next('ssm', 'GetParameter', { error: throttlingError('ssm') }, 9);
  const read = () => clock.until(ssm.send(new GetParameterCommand({ Name: '/a' })));
  expect((await read()).Parameter?.Value).toBe('1');
  world.faults.next('ssm', 'GetParameter', { error: throttlingError('ssm') }, 10);
  await expect(read()).rejects.toThrow('Rate exceeded');
});

test('a refusal is not tried again', async () => {
  const { world, ssm } = made();
  world.faults.next('ssm', 'GetParameter', {
    error: accessDenied({ service: 'ssm', operation: 'GetParameter' }),
  });
  world.ssm.putParameter({ Name: '/a', Value: '1', Type: 'String' });
  await expect(ssm.send(new GetParameterCommand({ Name: '/a' }))).rejects.toThrow('not authorized');
});
