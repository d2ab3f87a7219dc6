import {
  DeleteParameterCommand,
  GetParameterCommand,
  GetParameterHistoryCommand,
  GetParametersByPathCommand,
  PutParameterCommand,
} from '@aws-sdk/client-ssm';
import type { Account } from '../account.ts';
import { outcome } from '../story.ts';

/** Parameter Store: versions, selectors, errors. */
export async function parameterRequests({ clients: { ssm } }: Account): Promise<void> {
  const put = (Name: string, Value: string, Overwrite: boolean) =>
    ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite }));
  const get = (Name: string) => ssm.send(new GetParameterCommand({ Name }));
  expect((await put('/a/b', 'one', false)).Version).toBe(1);
  expect((await put('/a/b', 'two', true)).Version).toBe(2);
  expect((await get('/a/b')).Parameter).toMatchObject({
    Name: '/a/b',
    Value: 'two',
    Version: 2,
    Type: 'String',
  });
  expect((await get('/a/b:1')).Parameter).toMatchObject({ Name: '/a/b', Value: 'one', Version: 1 });
  expect(await outcome(put('/a/b', 'x', false))).toBe('ParameterAlreadyExists');
  expect(await outcome(get('/a/c'))).toBe('ParameterNotFound');
  expect(await outcome(get('/a/b:7'))).toBe('ParameterVersionNotFound');
  expect(await outcome(put('/aws/x', 'x', true))).toMatch(/AccessDeniedException|ValidationException/);
  const history = await ssm.send(new GetParameterHistoryCommand({ Name: '/a/b' }));
  expect(history.Parameters?.map(({ Value }) => Value)).toEqual(['one', 'two']);
  const below = await ssm.send(new GetParametersByPathCommand({ Path: '/a' }));
  expect(below.Parameters?.map(({ Name }) => Name)).toEqual(['/a/b']);
  await ssm.send(new DeleteParameterCommand({ Name: '/a/b' }));
  expect(await outcome(get('/a/b'))).toBe('ParameterNotFound');
}
