import type { Settings } from '../../../lib/config/settings.ts';
import type { Outcome } from '../../../lib/simulation/hosts/outcome.ts';
import type { Simulation } from '../../../lib/simulation/simulation.ts';
import { simulate } from '../../support/story/simulate.ts';

const one = (settings: Settings): Settings => ({ ...settings, capacity: { min: 1, max: 1 } });

/** Boots the one instance of a first deployment that comes to an outcome, up to the given second. */
async function booted(
  outcome: Outcome,
  seconds: number,
  look: (simulation: Simulation, id: string) => Promise<void>,
): Promise<void> {
  const fate = () => ({ deploySeconds: 10, outcome });
  await simulate({ settings: one, fate, bootSeconds: () => 20 }, async (simulation) => {
    simulation.push();
    const first = simulation.deploy();
    await simulation.done(first, 'boot');
    await simulation.time.advance(seconds * 1000);
    const [id = ''] = simulation.truth.fleets().flatMap(({ members }) => [...members.keys()]);
    await look(simulation, id);
  });
}

const lifecycle = ({ truth }: Simulation, id: string) =>
  truth.fleets().flatMap(({ members }) => members.get(id)?.state ?? [])[0];

test('an instance answers nothing before its release is started, then what it runs', async () => {
  await booted('ready', 30, async ({ hosts, truth }, id) => {
    const { port = 0, health } = truth.settings;
    expect(await hosts.probe(id, port, health?.path ?? '')).toBeUndefined();
    expect(hosts.running(id)).toBeUndefined();
  });
  await booted('ready', 32, async ({ hosts, truth }, id) => {
    const { port = 0, health } = truth.settings;
    expect(await hosts.probe(id, port, health?.path ?? '')).toBe(200);
    expect(await hosts.probe(id, port, '/other')).toBe(404);
    expect(await hosts.probe(id, port + 1, '/')).toBeUndefined();
    expect(hosts.serving(id)).toEqual(truth.candidate?.release);
  });
});

test('a silenced instance does not answer until it is reached again', async () => {
  await booted('ready', 32, async ({ hosts }, id) => {
    hosts.reach(id, false);
    expect(hosts.serving(id)).toBeUndefined();
    expect(hosts.running(id)).toBeDefined();
    hosts.reach(id, true);
    expect(hosts.serving(id)).toBeDefined();
  });
});

test('a ready instance completes its launch hook, one that failed abandons the launch', async () => {
  await booted('ready', 32, async (simulation, id) => {
    expect(lifecycle(simulation, id)).toBe('InService');
  });
  await booted('breaks', 31.2, async (simulation, id) => {
    expect(lifecycle(simulation, id)).not.toBe('InService');
    expect(simulation.story.toString()).toContain(`${id} CompleteLifecycleAction`);
  });
});

test('an instance that hangs says nothing, one that dies is gone', async () => {
  await booted('hangs', 100, async (simulation, id) => {
    expect(lifecycle(simulation, id)).toBe('Pending:Wait');
  });
  await booted('dies', 31, async ({ story }) => {
    expect(story.toString()).not.toContain('CompleteLifecycleAction');
  });
});

test('an unreachable instance reports ready and answers no check', async () => {
  await booted('unreachable', 32, async (simulation, id) => {
    expect(lifecycle(simulation, id)).toBe('InService');
    expect(simulation.hosts.serving(id)).toBeUndefined();
  });
});

test('an instance has one address and an empty console; a dead one answers nothing', async () => {
  await booted('ready', 32, async (simulation, id) => {
    const { hosts } = simulation;
    expect(hosts.address(id)).toMatch(/^10\.0\./);
    expect(hosts.address(id)).toBe(hosts.address(id));
    expect(hosts.console(id)).toBe('');
    simulation.kill(id);
    expect(hosts.serving(id)).toBeUndefined();
  });
});

test('a halted instance answers nothing and keeps its address', async () => {
  await booted('ready', 32, async (simulation, id) => {
    const { hosts, time } = simulation;
    const address = hosts.address(id);
    await hosts.halt(id);
    await time.advance(1_000);
    expect(hosts.serving(id)).toBeUndefined();
    expect(hosts.running(id)).toBeUndefined();
    expect(hosts.address(id)).toBe(address);
    simulation.kill(id);
  });
});
