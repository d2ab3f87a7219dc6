import { type Fleet, fleet, launchHook, terminateHook } from '../../support/local-aws/fleet.ts';

describe('Auto Scaling: a warm pool', () => {
  let one: Fleet;
  beforeEach(() => {
    one = fleet();
  });

  const scaling = () => one.aws.world.autoScaling;
  const described = () => scaling().describeWarmPool({ AutoScalingGroupName: 'fleet' });
  const warmed = () => described().Instances ?? [];
  const states = () => warmed().map(({ LifecycleState }) => LifecycleState);
  const put = (more: object = {}) =>
    scaling().putWarmPool({ AutoScalingGroupName: 'fleet', MaxGroupPreparedCapacity: 3, ...more });
  const remove = (ForceDelete: boolean) =>
    scaling().deleteWarmPool({ AutoScalingGroupName: 'fleet', ForceDelete });
  const ec2State = (id: string) => one.aws.world.ec2.instances.get(id).state;
  /** Lets everything on its way come to its hook, and completes the launch of those in the pool. */
  async function settle(result = 'CONTINUE'): Promise<void> {
    await one.aws.clock.advance(2000);
    for (const { InstanceId, LifecycleState } of warmed())
      if (LifecycleState === 'Warmed:Pending:Wait') one.complete(InstanceId, 'launch', result);
    await one.aws.clock.advance(2000);
  }

  test('fills up to the prepared capacity: through the launch hook, then stopped', async () => {
    one.create(1);
    put();
    expect(states()).toEqual(['Warmed:Pending', 'Warmed:Pending']);
    await one.aws.clock.advance(2000);
    expect(states()).toEqual(['Warmed:Stopped', 'Warmed:Stopped']);
    const [first] = warmed();
    expect(ec2State(first?.InstanceId ?? '')).toBe('stopped');
    expect(one.aws.hosts.halted).toEqual(warmed().map(({ InstanceId }) => InstanceId));
    expect(one.group()).toMatchObject({ WarmPoolSize: 2, WarmPoolConfiguration: { PoolState: 'Stopped' } });
    expect(one.states()).toEqual(['InService']);
  });

  test('an instance waits in the launch hook on the way in, and knows where it is heading', async () => {
    one.create(0, [launchHook]);
    put({ MinSize: 1, MaxGroupPreparedCapacity: 1 });
    await one.aws.clock.advance(2000);
    expect(states()).toEqual(['Warmed:Pending:Wait']);
    const id = warmed()[0]?.InstanceId ?? '';
    expect(scaling().targetLifecycleState(id)).toBe('Warmed:Stopped');
    expect(one.aws.hosts.halted).toEqual([]);
    one.complete(id, 'launch', 'CONTINUE');
    await one.aws.clock.advance(2000);
    expect(states()).toEqual(['Warmed:Stopped']);
  });

  test('scale-out starts an instance of the pool again, through the launch hook, and the pool fills up', async () => {
    one.create(0, [launchHook]);
    put({ MinSize: 1, MaxGroupPreparedCapacity: 1 });
    await settle();
    const id = warmed()[0]?.InstanceId ?? '';
    one.resize(1);
    expect(one.ids()).toEqual([id]);
    expect(scaling().targetLifecycleState(id)).toBe('InService');
    expect(states()).toEqual(['Warmed:Pending']);
    await one.aws.clock.advance(2000);
    expect(one.states()).toEqual(['Pending:Wait']);
    expect(one.aws.hosts.started.filter((started) => started.id === id)).toHaveLength(2);
    one.complete(id, 'launch', 'CONTINUE');
    await one.aws.clock.advance(2000);
    expect(one.states()).toEqual(['InService']);
  });

  test('scale-out beyond what is stopped launches directly', async () => {
    one.create(0);
    put({ MaxGroupPreparedCapacity: 1 });
    await settle();
    one.resize(2);
    expect(one.states()).toEqual(['Pending', 'Pending']);
    expect(states()).toEqual([]);
  });

  test('shrinks when the group grows into the prepared capacity, or the pool is changed', async () => {
    one.create(0, [terminateHook]);
    put({ MaxGroupPreparedCapacity: 3 });
    await settle();
    put({ MaxGroupPreparedCapacity: 1 });
    expect(states().toSorted()).toEqual([
      'Warmed:Stopped',
      'Warmed:Terminating:Wait',
      'Warmed:Terminating:Wait',
    ]);
    expect(scaling().targetLifecycleState(warmed()[0]?.InstanceId ?? '')).toBe('Warmed:Terminated');
    await one.aws.clock.advance(62_000);
    expect(states()).toEqual(['Warmed:Stopped']);
  });

  test('a launch that is abandoned on the way in is replaced', async () => {
    one.create(0, [launchHook]);
    put({ MinSize: 1, MaxGroupPreparedCapacity: 1 });
    const before = warmed()[0]?.InstanceId;
    await settle('ABANDON');
    expect(states()).toEqual(['Warmed:Pending:Wait']);
    expect(warmed()[0]?.InstanceId).not.toBe(before);
  });

  test('an instance that ends while it is stopped is replaced', async () => {
    one.create(0);
    put({ MinSize: 1, MaxGroupPreparedCapacity: 1 });
    await settle();
    one.aws.world.ec2.instances.terminate(warmed()[0]?.InstanceId ?? '');
    await one.aws.clock.advance(60_000);
    expect(states()).toEqual(['Warmed:Stopped']);
    expect(one.aws.hosts.started).toHaveLength(2);
  });

  test('refuses to go with instances unless by force, which waits for no hook', async () => {
    one.create(0, [launchHook, terminateHook]);
    put({ MinSize: 1, MaxGroupPreparedCapacity: 2 });
    await one.aws.clock.advance(2000);
    expect(() => remove(false)).toThrow('has instances');
    remove(true);
    expect(described().WarmPoolConfiguration?.Status).toBe('PendingDelete');
    expect(() => put()).toThrow('pending delete');
    await one.aws.clock.advance(2000);
    expect(described().WarmPoolConfiguration).toBeUndefined();
    expect(one.group()?.WarmPoolConfiguration).toBeUndefined();
    expect(() => remove(true)).toThrow('No warm pool found');
  });

  test('keeps its group from being deleted, unless by force', async () => {
    one.create(0);
    put({ MinSize: 1, MaxGroupPreparedCapacity: 1 });
    await settle();
    const end = (ForceDelete: boolean) =>
      scaling().deleteAutoScalingGroup({ AutoScalingGroupName: 'fleet', ForceDelete });
    expect(() => end(false)).toThrow('a warm pool');
    end(true);
    await one.aws.clock.advance(2000);
    expect(one.group()).toBeUndefined();
  });

  test.each([
    [{ PoolState: 'Running' }, 'a warm pool of Running instances'],
    [{ InstanceReusePolicy: { ReuseOnScaleIn: true } }, 'ReuseOnScaleIn'],
    [{ MinSize: 4 }, 'MinSize 4'],
  ])('refuses %j', (more, why) => {
    one.create(0);
    expect(() => put(more)).toThrow(why);
  });
});
