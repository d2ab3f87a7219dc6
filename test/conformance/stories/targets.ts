import { RegisterTargetsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { healthSchema } from '../../../lib/config/service.ts';
import type { Account } from '../account.ts';
import { fleetSpec, traffic } from '../seeds.ts';
import type { Story } from '../story.ts';

/** An instance, registered in a target group. */
async function registered(account: Account, targetGroupArn: string): Promise<string> {
  await account.adapters.groups.create(await fleetSpec(account));
  await account.pass(1_000);
  const id = (await account.adapters.groups.get('green-1'))?.instances[0]?.id ?? '';
  await account.clients.elb.send(
    new RegisterTargetsCommand({ TargetGroupArn: targetGroupArn, Targets: [{ Id: id }] }),
  );
  return id;
}

const health: Story = {
  name: 'targets: one is unused in no rule, then initial, then healthy',
  notMoto: 'finds every target healthy',
  async tell(account) {
    const { balancer } = account.adapters;
    const { rule, green } = await traffic(account);
    const id = await registered(account, green);
    expect(await balancer.targets(green)).toMatchObject([
      { id, port: 8080, state: 'unused', reason: 'Target.NotInUse' },
    ]);
    await balancer.forward(rule, [{ targetGroup: green, weight: 0 }]);
    expect(await balancer.targets(green)).toMatchObject([{ id, state: 'initial' }]);
    await account.pass(60_000);
    expect(await balancer.targets(green)).toEqual([{ id, port: 8080, state: 'healthy' }]);
  },
};

const drained: Story = {
  name: 'targets: one drains for the time that is set, then it is gone',
  notMoto: 'knows no draining',
  async tell(account) {
    const { balancer } = account.adapters;
    const { blue } = await traffic(account);
    await balancer.configure(blue, healthSchema.parse({}), 45);
    const id = await registered(account, blue);
    await account.pass(60_000);
    await balancer.deregister(blue, [id]);
    expect(await balancer.targets(blue)).toMatchObject([
      { id, state: 'draining', reason: 'Target.DeregistrationInProgress' },
    ]);
    await account.pass(46_000);
    expect(await balancer.targets(blue)).toEqual([]);
  },
};

const taken: Story = {
  name: 'targets: listed and taken out; one that is gone is fine',
  async tell(account) {
    const { balancer } = account.adapters;
    const { blue, green } = await traffic(account);
    const id = await registered(account, blue);
    await account.pass(60_000);
    expect(await balancer.targets(blue)).toMatchObject([{ id, port: 8080, state: 'healthy' }]);
    expect(await balancer.targets(green)).toEqual([]);
    await balancer.deregister(blue, [id]);
    await account.pass(301_000);
    await balancer.deregister(blue, [id]);
    expect(await balancer.targets(blue)).toEqual([]);
  },
};

export const targetStories: Story[] = [health, drained, taken];
