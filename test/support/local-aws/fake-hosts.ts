import type { Hosts, LaunchedInstance } from '../../../lib/local-aws/model/hosts.ts';

/** Hosts on which nothing runs: each test says what a probe answers. */
export class FakeHosts implements Hosts {
  readonly started: LaunchedInstance[] = [];
  readonly stopped: string[] = [];
  readonly halted: string[] = [];
  readonly probes: string[] = [];
  /** Status of every probe, unless `statuses` names the instance. */
  status: number | undefined = 200;
  readonly statuses = new Map<string, number | undefined>();
  #count = 0;

  address(): string {
    this.#count += 1;
    return `127.0.1.${this.#count}`;
  }

  start(instance: LaunchedInstance): void {
    this.started.push(instance);
  }

  async halt(instanceId: string): Promise<void> {
    this.halted.push(instanceId);
  }

  async stop(instanceId: string): Promise<void> {
    this.stopped.push(instanceId);
  }

  async probe(instanceId: string, port: number, path: string): Promise<number | undefined> {
    this.probes.push(`${instanceId}:${port}${path}`);
    return this.statuses.has(instanceId) ? this.statuses.get(instanceId) : this.status;
  }

  console(instanceId: string): string {
    return `console of ${instanceId}`;
  }
}
