import type { Clock } from '../../local-aws/clock.ts';
import type { Hosts, LaunchedInstance } from '../../local-aws/model/hosts.ts';
import { messageOf } from '../../release/errors.ts';
import type { Release } from '../../release/release.ts';
import { bootstrap } from './bootstrap.ts';
import type { InstanceContext } from './instance-context.ts';
import type { ScriptedOutcome } from './outcome.ts';

/** Behaviour of the instances of a simulation. */
export interface SimulatedHostsOptions {
  clock: Clock;
  /** Time from its start until its agent runs. Seconds. */
  bootSeconds(instance: LaunchedInstance): number;
  fate(instance: LaunchedInstance, release: Release): ScriptedOutcome;
  /** Connections of an instance. */
  surroundings(instance: LaunchedInstance): InstanceContext;
  /** Ends an instance from outside, as a hardware failure does. */
  kill(instanceId: string): void;
  /** Called when an instance starts or stops serving. */
  changed(instanceId: string): void;
}

/** What an instance answers with. */
interface Server {
  release: Release;
  port: number | undefined;
  path: string | undefined;
  reachable: boolean;
}

interface SimulatedInstance {
  address: string;
  console: string;
  server: Server | undefined;
  /** Called when its answer changes. */
  watchers: Set<() => void>;
  end(): void;
}

const nothing = () => undefined;

/** Instances in virtual time: each shows the agent's visible behaviour, and nothing really runs. */
export class SimulatedHosts implements Hosts {
  readonly #options: SimulatedHostsOptions;
  readonly #machines = new Map<string, SimulatedInstance>();
  #count = 0;

  constructor(options: SimulatedHostsOptions) {
    this.#options = options;
  }

  address(instanceId: string): string {
    const known = this.#machines.get(instanceId);
    if (known) return known.address;
    this.#count += 1;
    const address = `10.0.${this.#count >> 8}.${this.#count & 255}`;
    this.#machines.set(instanceId, {
      address,
      console: '',
      server: undefined,
      watchers: new Set(),
      end: nothing,
    });
    return address;
  }

  start(instance: LaunchedInstance): void {
    this.#boot(instance).catch((error: unknown) => this.#say(instance.id, messageOf(error)));
  }

  async halt(instanceId: string): Promise<void> {
    const machine = this.#machines.get(instanceId);
    machine?.end();
    if (machine) machine.server = undefined;
    this.#changed(instanceId, machine);
  }

  async stop(instanceId: string): Promise<void> {
    const machine = this.#machines.get(instanceId);
    machine?.end();
    this.#machines.delete(instanceId);
    this.#changed(instanceId, machine);
  }

  async probe(instanceId: string, port: number, path: string): Promise<number | undefined> {
    const server = this.#machines.get(instanceId)?.server;
    if (!server?.reachable || server.port !== port) return undefined;
    return path === server.path ? 200 : 404;
  }

  watch(instanceId: string, changed: () => void): () => void {
    const watchers = this.#machines.get(instanceId)?.watchers;
    watchers?.add(changed);
    return () => watchers?.delete(changed);
  }

  console(instanceId: string): string {
    return this.#machines.get(instanceId)?.console ?? '';
  }

  /** The release that an instance answers with; undefined when it does not answer. */
  serving(instanceId: string): Release | undefined {
    const server = this.#machines.get(instanceId)?.server;
    return server?.reachable ? server.release : undefined;
  }

  /** The release that was started on an instance, reachable or not. */
  running(instanceId: string): Release | undefined {
    return this.#machines.get(instanceId)?.server?.release;
  }

  /** Silences an instance that serves, or lets it answer again. */
  reach(instanceId: string, reachable: boolean): void {
    const machine = this.#machines.get(instanceId);
    if (machine?.server) machine.server.reachable = reachable;
    this.#changed(instanceId, machine);
  }

  async #boot(instance: LaunchedInstance): Promise<void> {
    const { id } = instance;
    const machine = this.#machines.get(id);
    const context = this.#options.surroundings(instance);
    if (machine) machine.end = () => context.end();
    await context.sleep(this.#options.bootSeconds(instance) * 1000);
    await bootstrap({
      instance,
      context,
      fate: (release) => this.#options.fate(instance, release),
      started: (release, { port, health }, outcome) => {
        const reachable = outcome !== 'unreachable';
        if (machine) machine.server = { release, port, path: health?.path, reachable };
        this.#changed(id, machine);
      },
      dies: () => this.#options.kill(id),
    });
  }

  #changed(instanceId: string, machine: SimulatedInstance | undefined): void {
    for (const tell of [...(machine?.watchers ?? [])]) tell();
    this.#options.changed(instanceId);
  }

  #say(instanceId: string, line: string): void {
    const machine = this.#machines.get(instanceId);
    if (machine) machine.console += `${line}\n`;
  }
}
