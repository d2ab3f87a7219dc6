import { World } from '../../../lib/local-aws/world.ts';
import { VirtualClock } from '../../../lib/simulation/virtual-clock.ts';
import { FakeHosts } from '../../support/local-aws/fake-hosts.ts';
import { health, listener, rule, targetGroup } from '../../support/local-aws/world.ts';

/** Hosts that tell when an answer changes. */
class TellingHosts extends FakeHosts {
  readonly #watchers = new Map<string, Set<() => void>>();

  watch(instanceId: string, changed: () => void): () => void {
    const watchers = this.#watchers.get(instanceId) ?? new Set();
    this.#watchers.set(instanceId, watchers.add(changed));
    return () => watchers.delete(changed);
  }

  change(instanceId: string, status: number): void {
    this.statuses.set(instanceId, status);
    for (const changed of [...(this.#watchers.get(instanceId) ?? [])]) changed();
  }

  get watched(): number {
    return [...this.#watchers.values()].reduce((sum, { size }) => sum + size, 0);
  }
}

/** The states of a target and when they began, in seconds, while its answers change at given seconds. */
async function story(hosts: FakeHosts, changes: [second: number, status: number][]) {
  const clock = new VirtualClock(0);
  const world = new World({ clock, hosts });
  const group = targetGroup(world, 'blue');
  rule(world, listener(world), { [group]: 1 });
  const seen: string[] = [];
  world.elb.targets.listeners.add((_, __, ___, to) => seen.push(`${to} at ${clock.now() / 1000}`));
  world.elb.registerTargets({ TargetGroupArn: group, Targets: [{ Id: 'i-1' }] });
  for (const [second, status] of changes)
    clock.after(second * 1000, () =>
      hosts instanceof TellingHosts ? hosts.change('i-1', status) : hosts.statuses.set('i-1', status),
    );
  await clock.advance(600_000);
  return { seen, world, group, clock };
}

describe('checks of hosts that tell when something changes', () => {
  const changes: [number, number][] = [
    [3, 200],
    [50, 500],
    [55, 200],
    [120, 500],
    [300, 200],
    [301, 500],
    [400, 200],
  ];

  test('give the same story as checks that never rest', async () => {
    const telling = new TellingHosts();
    const plain = new FakeHosts();
    const [one, other] = [await story(telling, changes), await story(plain, changes)];
    expect(one.seen).toEqual(other.seen);
    expect(one.seen).toContain('unhealthy at 130.5');
    expect(telling.probes.length).toBeLessThan(plain.probes.length / 3);
  });

  test('cost nothing while nothing changes, and end with the target', async () => {
    const hosts = new TellingHosts();
    const { world, group, clock } = await story(hosts, []);
    expect(hosts.probes).toHaveLength(1);
    expect(clock.pending).toBe(0);
    world.elb.deregisterTargets({ TargetGroupArn: group, Targets: [{ Id: 'i-1' }] });
    expect(hosts.watched).toBe(0);
  });

  test("go on when the group's health check changes", async () => {
    const hosts = new TellingHosts();
    const { world, group, clock } = await story(hosts, []);
    world.elb.modifyTargetGroup({ TargetGroupArn: group, Matcher: { HttpCode: '204' } });
    await clock.advance(20_000);
    expect(health(world, group)).toEqual({ 'i-1': 'unhealthy' });
  });
});
