import { lifecycleActions } from '../../lib/aws/lifecycle.ts';
import { AwsError } from '../../lib/local-aws/model/error.ts';
import { type Clients, clients } from '../support/local-aws/clients.ts';

describe('lifecycle actions', () => {
  let aws: Clients;
  beforeEach(async () => {
    aws = await clients('memory');
  });
  afterEach(() => aws.close());

  const held = { group: 'fleet', hook: 'hook', instance: 'i-1' };
  const lifecycle = () => lifecycleActions(aws.autoScaling);

  test('an instance that does not wait is no error', async () => {
    expect(await lifecycle().complete(held, 'CONTINUE')).toBe(false);
    expect(await lifecycle().heartbeat(held)).toBe(false);
  });

  test('asks for exactly this instance in this hook', async () => {
    const calls: unknown[] = [];
    aws.world.faults.seen = ({ operation, input }) => calls.push([operation, input]);
    await lifecycle().complete(held, 'ABANDON');
    expect(calls).toEqual([
      [
        'CompleteLifecycleAction',
        {
          AutoScalingGroupName: 'fleet',
          LifecycleHookName: 'hook',
          InstanceId: 'i-1',
          LifecycleActionResult: 'ABANDON',
        },
      ],
    ]);
  });

  test('fails when it could not ask', async () => {
    aws.world.faults.next('autoscaling', 'CompleteLifecycleAction', {
      error: new AwsError('AccessDenied', 'no', 403),
    });
    await expect(lifecycle().complete(held, 'CONTINUE')).rejects.toMatchObject({ name: 'AwsFailed' });
  });
});
