import { storeKeys, terminateHook } from '../../lib/config/resource-names.ts';
import { listenerRules } from '../../lib/custom-resource/listener-rules.ts';
import { closedJournal, type Journal, openedJournal } from '../../lib/rollout/journal.ts';
import { type Stage, stage } from '../support/fleet/custom-resource.ts';

async function created(): Promise<Stage> {
  const at = stage();
  await listenerRules(at.deps)({ type: 'Create', properties: at.properties() });
  return at;
}

/** With a fleet whose instances take up to these seconds to leave. */
async function leavingWithin(seconds: number): Promise<Stage> {
  const at = await created();
  at.fleet('holdfast-test-web-blue-1');
  await at.clock.advance(60_000);
  at.world.autoScaling.putLifecycleHook({
    AutoScalingGroupName: 'holdfast-test-web-blue-1',
    LifecycleHookName: terminateHook,
    LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
    HeartbeatTimeout: seconds,
    DefaultResult: 'CONTINUE',
  });
  return at;
}

/** The Delete that comes while the stack itself is being deleted. */
const remove = (at: Stage, properties = at.properties()) =>
  at.clock.until(
    listenerRules(at.deps)({
      type: 'Delete',
      properties,
      stack: at.stack.id,
      logicalId: 'rules',
      id: `holdfast-test-${properties.Service}`,
    }),
  );

function writeJournal({ world }: Stage, journal: Journal): void {
  world.s3.putObject({
    Bucket: 'store',
    Key: storeKeys.journal('web'),
    Body: Buffer.from(JSON.stringify(journal)),
  });
}

const journal = (at: Stage, execution: string): Journal =>
  openedJournal(
    { service: 'web', execution, deployment: 'd-1', kind: 'deployment', by: 'ci' },
    undefined,
    at.clock.now(),
  );

const machine = 'arn:aws:states:us-east-1:000000000000:stateMachine:rollout';

/** An execution that runs until it is stopped. */
function startExecution({ world }: Stage): string {
  world.stepFunctions.runner = () => ({ abort: () => undefined, result: new Promise(() => undefined) });
  world.stepFunctions.createStateMachine({ name: 'rollout', roleArn: 'arn:role', definition: '{}' });
  return world.stepFunctions.startExecution({ stateMachineArn: machine, name: 'd-1' }).executionArn as string;
}

describe('the end of a service', () => {
  test('takes its rules, its fleets and its target groups, whichever colour and age', async () => {
    const at = await created();
    at.fleet('holdfast-test-web-blue-1');
    at.fleet('holdfast-test-web-green-2', 'web', [at.groups.green]);
    await at.clock.advance(60_000);
    await remove(at);
    expect(at.rules(at.listener)).toEqual([]);
    expect(at.rules(at.testListener)).toEqual([]);
    expect(at.fleets()).toEqual([]);
    expect(at.world.elb.describeTargetGroups({}).TargetGroups).toEqual([]);
  });

  test.each([
    ['the standard time', undefined, 30],
    ['the configured time', '60', 60],
  ])(
    'keeps the targets while nodes of the load balancer may go by the removed rules: %s',
    async (_, text, seconds) => {
      const at = await created();
      at.fleet('holdfast-test-web-blue-1');
      await at.clock.advance(60_000);
      const start = at.clock.now();
      const left: number[] = [];
      // Without a rule, targets are no longer checked: that takes none away.
      at.world.elb.targets.listeners.add((_group, _target, _from, to) => {
        if (to === 'draining' || to === undefined) left.push(at.clock.now() - start);
      });
      await remove(at, at.properties({ RuleSeconds: text }));
      expect(Math.min(...left) / 1000).toBeGreaterThanOrEqual(seconds);
      expect(at.fleets()).toEqual([]);
    },
  );

  test('leaves the fleets of other services alone', async () => {
    const at = await created();
    at.fleet('holdfast-test-web-blue-1');
    at.fleet('holdfast-test-web-api-blue-1', 'web-api', []);
    await remove(at);
    expect(at.fleets()).toEqual(['holdfast-test-web-api-blue-1']);
  });

  test('is the same done twice, or when nothing was ever there', async () => {
    const at = await created();
    await remove(at);
    await expect(remove(at)).resolves.toEqual({ id: 'holdfast-test-web' });
    await expect(remove(stage(), { Environment: 'test', Service: 'none' })).resolves.toEqual({
      id: 'holdfast-test-none',
    });
  });

  test('lets instances leave in their own time', async () => {
    const at = await leavingWithin(120);
    const start = at.clock.now();
    await remove(at);
    expect((at.clock.now() - start) / 1000).toBeGreaterThan(119);
    expect(at.fleets()).toEqual([]);
  });

  test('ends instances that do not leave, within the time of a Lambda', async () => {
    const at = await leavingWithin(7200);
    const start = at.clock.now();
    await remove(at);
    expect((at.clock.now() - start) / 1000).toBeLessThan(880);
    expect(at.fleets()).toEqual([]);
  });

  test('is refused while a deployment runs, and touches nothing', async () => {
    const at = await created();
    at.fleet('holdfast-test-web-blue-1');
    writeJournal(at, journal(at, startExecution(at)));
    await expect(remove(at)).rejects.toThrow(
      /service web: found deployment d-1 of ci, since .* expected none; let it end or stop it/,
    );
    expect(at.rules(at.listener)).toHaveLength(1);
    expect(at.fleets()).toHaveLength(1);
  });

  test('closes a journal that a deployment left open', async () => {
    const at = await created();
    const execution = startExecution(at);
    writeJournal(at, journal(at, execution));
    at.world.stepFunctions.stopExecution({ executionArn: execution });
    await remove(at);
    const held = await at.deps.journals.read('web');
    expect(held?.journal.state).toBe('closed');
  });

  test('leaves a closed journal and the record as they are: they are its history', async () => {
    const at = await created();
    const before = closedJournal(journal(at, `${machine}:d-0`));
    writeJournal(at, before);
    at.world.ssm.seed('/holdfast/test/web/deployed', 'history');
    await remove(at);
    expect((await at.deps.journals.read('web'))?.journal).toEqual(before);
    expect(await at.deps.parameters.get('/holdfast/test/web/deployed')).toMatchObject({ value: 'history' });
  });
});
