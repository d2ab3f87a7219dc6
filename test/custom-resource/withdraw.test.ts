import type { StackStatus } from '@aws-sdk/client-cloudformation';
import { listenerRules } from '../../lib/custom-resource/listener-rules.ts';
import { accessDenied } from '../../lib/local-aws/model/fault-errors.ts';
import { type Stage, stage } from '../support/fleet/custom-resource.ts';

const unrouted = { Environment: 'test', Service: 'web' };

/** A service with its rules, in a stack of a status. */
async function created(status: StackStatus): Promise<Stage> {
  const at = stage();
  await listenerRules(at.deps)({ type: 'Create', properties: at.properties() });
  at.stack.status = status;
  return at;
}

const remove = (at: Stage, { id = 'holdfast-test-web', properties = at.properties() } = {}) =>
  at.clock.until(
    listenerRules(at.deps)({ type: 'Delete', properties, stack: at.stack.id, logicalId: 'rules', id }),
  );

/** Another resource of the stack, which stands for the same service. */
function successor({ stack }: Stage): void {
  stack.resources.set('moved', {
    type: 'Custom::HoldfastListenerRules',
    physicalId: 'holdfast-test-web',
    status: 'CREATE_COMPLETE',
  });
}

const rulesOf = (at: Stage) => [...at.rules(at.listener), ...at.rules(at.testListener)];

/** All of a service that lives: rules, fleets, target groups. */
const living = (at: Stage) => ({
  rules: rulesOf(at),
  fleets: at.fleets(),
  targetGroups: at.world.elb.describeTargetGroups({}).TargetGroups?.length,
});

/** What a stack is doing when a Delete comes that is not its end. */
const otherwise: StackStatus[] = [
  'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
  'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
  'UPDATE_ROLLBACK_IN_PROGRESS',
  'ROLLBACK_IN_PROGRESS',
  'UPDATE_COMPLETE',
];

describe.each(otherwise)('a Delete while the stack is in %s', (status) => {
  test('leaves a live service as it is', async () => {
    const at = await created(status);
    at.fleet('holdfast-test-web-blue-1');
    const before = living(at);
    expect(await remove(at)).toEqual({ id: 'holdfast-test-web' });
    expect(living(at)).toEqual(before);
    expect(before).toMatchObject({ fleets: ['holdfast-test-web-blue-1'], targetGroups: 2 });
    expect(before.rules).toHaveLength(2);
  });

  test('removes rules behind which no fleet stands', async () => {
    const at = await created(status);
    await remove(at);
    expect(living(at)).toEqual({ rules: [], fleets: [], targetGroups: 2 });
  });

  test('leaves the rules that another resource of the stack took over', async () => {
    const at = await created(status);
    successor(at);
    await remove(at);
    expect(rulesOf(at)).toHaveLength(2);
  });

  test('ends no fleet of a service without a route', async () => {
    const at = await created(status);
    at.fleet('holdfast-test-web-blue-1', 'web', []);
    await remove(at, { properties: unrouted });
    expect(at.fleets()).toEqual(['holdfast-test-web-blue-1']);
  });
});

describe('a Delete of a resource whose creation failed', () => {
  const failed = { id: 'failed-rules' };

  test.each(['UPDATE_ROLLBACK_IN_PROGRESS', 'DELETE_IN_PROGRESS'] as const)(
    'leaves a live service as it is: %s',
    async (status) => {
      const at = await created(status);
      at.fleet('holdfast-test-web-blue-1');
      const before = living(at);
      await remove(at, failed);
      expect(living(at)).toEqual(before);
      expect(before.rules).toHaveLength(2);
    },
  );

  test('leaves the rules of the resource that was there before it', async () => {
    const at = await created('UPDATE_ROLLBACK_IN_PROGRESS');
    successor(at);
    await remove(at, failed);
    expect(rulesOf(at)).toHaveLength(2);
  });

  test('removes the rule that it made before it failed', async () => {
    const at = await created('ROLLBACK_IN_PROGRESS');
    await remove(at, failed);
    expect(rulesOf(at)).toEqual([]);
  });
});

describe('a stack that cannot be asked about', () => {
  test('is refused with what to do, and nothing is ended', async () => {
    const at = await created('DELETE_IN_PROGRESS');
    at.fleet('holdfast-test-web-blue-1');
    const before = living(at);
    const call = { service: 'cloudformation', operation: 'DescribeStacks' };
    at.world.faults.next(call.service, call.operation, { error: accessDenied(call) });
    await expect(remove(at)).rejects.toMatchObject({
      name: 'AwsFailed',
      message: expect.stringMatching(
        /^could not read the status of stack arn:.*holdfast-test-service-web.*: AccessDenied.*; nothing was ended.*; deploy the rollout stack, which lets the function ask, then delete the stack again$/,
      ),
    });
    expect(living(at)).toEqual(before);
  });

  test('is refused also when it does not exist', async () => {
    const at = await created('DELETE_IN_PROGRESS');
    const asked = listenerRules(at.deps)({
      type: 'Delete',
      properties: at.properties(),
      stack: 'gone',
      logicalId: 'rules',
      id: 'holdfast-test-web',
    });
    await expect(at.clock.until(asked)).rejects.toThrow('Stack with id gone does not exist');
    expect(rulesOf(at)).toHaveLength(2);
  });
});
