import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { settleAll } from '../../agent/host/settle-all.ts';
import { getStatus } from '../../http/get-status.ts';
import { Console } from '../../local-aws/console.ts';
import type { HostsOptions, LaunchedInstance, RunningHosts } from '../../local-aws/model/hosts.ts';
import { healthCheckerAgent } from '../balancer/headers.ts';
import { Addresses } from './addresses.ts';
import { type MetadataServer, startMetadata } from './metadata.ts';
import { endProcessTree, homeVariable } from './process-tree.ts';

interface ProcessInstance {
  home: string;
  console: Console;
  /** Settled when the user-data was started, or when there is nothing to start. */
  booted: Promise<MetadataServer | undefined>;
  isStopped: boolean;
}

/**
 * Instances as groups of ordinary processes. Each has a loopback address, a folder in place of its root file system,
 * and a metadata service. Booting runs the user-data of its launch template version, byte for byte.
 */
export class ProcessHosts implements RunningHosts {
  endpoint = '';
  readonly #options: HostsOptions;
  readonly #addresses = new Addresses();
  readonly #machines = new Map<string, ProcessInstance>();

  constructor(options: HostsOptions) {
    this.#options = options;
  }

  address(instanceId: string): string {
    return this.#addresses.of(instanceId);
  }

  /** Folder in place of an instance's root file system. */
  home(instanceId: string): string {
    return join(this.#options.folder, instanceId);
  }

  start(instance: LaunchedInstance): void {
    const machine: ProcessInstance = {
      home: this.home(instance.id),
      console: new Console(),
      booted: Promise.resolve(undefined),
      isStopped: false,
    };
    this.#machines.set(instance.id, machine);
    machine.booted = this.#boot(instance, machine).catch((error: unknown) => {
      machine.console.write(`the instance could not boot: ${error}\n`);
      return undefined;
    });
  }

  async halt(instanceId: string): Promise<void> {
    const machine = this.#machines.get(instanceId);
    if (!machine) return;
    machine.isStopped = true;
    const metadata = await machine.booted;
    await endProcessTree(machine.home);
    metadata?.close();
  }

  async stop(instanceId: string): Promise<void> {
    const machine = this.#machines.get(instanceId);
    if (!machine) return;
    await this.halt(instanceId);
    // Not synchronously, because the balancer works in this thread too.
    await rm(machine.home, { recursive: true, force: true, maxRetries: 3 });
    this.#addresses.release(instanceId);
  }

  async stopAll(): Promise<void> {
    await settleAll([...this.#machines.keys()].map((id) => this.stop(id)));
  }

  probe(
    instanceId: string,
    port: number,
    path: string,
    timeoutMilliseconds: number,
  ): Promise<number | undefined> {
    return getStatus(`http://${this.address(instanceId)}:${port}${path}`, {
      milliseconds: timeoutMilliseconds,
      userAgent: healthCheckerAgent,
    });
  }

  console(instanceId: string): string {
    return this.#machines.get(instanceId)?.console.text ?? '';
  }

  async #boot(instance: LaunchedInstance, machine: ProcessInstance): Promise<MetadataServer | undefined> {
    mkdirSync(join(machine.home, 'tmp'), { recursive: true });
    const script = join(machine.home, 'user-data');
    writeFileSync(script, Buffer.from(instance.userData, 'base64'), { mode: 0o700 });
    const metadata = await startMetadata(instance, {
      address: this.address(instance.id),
      region: this.#options.region,
    });
    if (!machine.isStopped) this.#run(instance.id, script, machine, metadata.endpoint);
    return metadata;
  }

  #run(instanceId: string, script: string, machine: ProcessInstance, metadataEndpoint: string): void {
    const child = spawn('bash', [script], {
      cwd: machine.home,
      env: this.#environment(machine.home, metadataEndpoint),
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const output of [child.stdout, child.stderr])
      output.on('data', (chunk: Buffer) => machine.console.write(chunk));
    child.once('error', (error) => machine.console.write(`the user-data could not run: ${error.message}\n`));
    child.once('exit', (code, signal) => {
      machine.console.write(`user-data ended with ${signal ?? code}\n`);
      if (code !== 0 && !machine.isStopped) this.#options.failed?.(instanceId, machine.console.lastWords);
    });
    child.unref();
  }

  /** Environment of an instance: its own values, and of the caller's environment only the tools. */
  #environment(home: string, metadataEndpoint: string): NodeJS.ProcessEnv {
    return {
      PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ''}`,
      HOME: home,
      TMPDIR: join(home, 'tmp'),
      LANG: 'C.UTF-8',
      [homeVariable]: home,
      AWS_ENDPOINT_URL: this.endpoint,
      AWS_EC2_METADATA_SERVICE_ENDPOINT: metadataEndpoint,
    };
  }
}
