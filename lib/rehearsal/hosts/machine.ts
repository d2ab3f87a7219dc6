import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { settleAll } from '../../agent/host/settle-all.ts';
import { getStatus } from '../../http/get-status.ts';
import type { HostsOptions, LaunchedInstance, RunningHosts } from '../../local-aws/model/hosts.ts';
import type { S3 } from '../../local-aws/model/s3/s3.ts';
import { messageOf } from '../../release/errors.ts';
import { healthCheckerAgent } from '../balancer/headers.ts';
import { Addresses } from './addresses.ts';
import { Machine } from './machine/machine.ts';
import { machineNetwork, metadataAddress } from './machine/network.ts';
import { isNamedBy, uploadNode } from './machine/node.ts';
import { nodeLayer, rootFileSystem } from './machine/root-file-system.ts';
import { Metadata, type MetadataServer, startSharedMetadata } from './metadata.ts';

export interface MachineHostsOptions extends HostsOptions {
  /**
   * Layers over the root file system, by image id. Default: this process's Node, unless the user-data names it by
   * digest; then the store has it.
   */
  layers?(imageId: string): readonly string[];
  /** Size of a machine's writable layer. Default: 2048. */
  diskMegabytes?: number;
}

/** Folder in the memory file system that enclosure.sh mounts. */
const machines = '/run/holdfast';

interface Started {
  machine: Machine;
  metadata: Metadata;
  /** Settled when it was started, or could not be. */
  booted: Promise<void>;
}

/**
 * Prefix of machine names. It is unique, because the kernel removes namespaces and their links some time after they
 * were deleted, and short, because link names are.
 */
const run = `m${randomBytes(3).toString('hex')}`;

/**
 * Instances as machines: containers that boot Debian with systemd and cloud-init, which runs the user-data of the
 * launch template version, byte for byte. They need an enclosure. They share nothing with it but the network.
 */
export class MachineHosts implements RunningHosts {
  static #count = 0;
  endpoint = '';
  readonly #options: MachineHostsOptions;
  readonly #addresses = new Addresses(machineNetwork);
  readonly #started = new Map<string, Started>();
  #metadata: Promise<MetadataServer> | undefined;
  /** Digest of the Node in the store. */
  #stocked: string | undefined;
  #nodeLayer: Promise<string> | undefined;

  constructor(options: MachineHostsOptions) {
    this.#options = options;
  }

  address(instanceId: string): string {
    return this.#addresses.of(instanceId);
  }

  stock(s3: S3, bucket: string): void {
    this.#stocked = uploadNode(s3, bucket);
  }

  start(instance: LaunchedInstance): void {
    const known = this.#started.get(instance.id);
    if (known) {
      known.booted = this.#switchPower(known.machine, known.machine.resume());
      return;
    }
    const address = this.address(instance.id);
    MachineHosts.#count += 1;
    const name = `${run}-${MachineHosts.#count}`;
    const { diskMegabytes = 2048, region } = this.#options;
    const machine = new Machine({
      name,
      address,
      folder: join(machines, name),
      diskMegabytes,
      endpoint: this.endpoint,
      failed: (words) => this.#options.failed?.(instance.id, words),
    });
    const booted = this.#switchPower(machine, this.#boot(machine, instance));
    this.#started.set(instance.id, {
      machine,
      metadata: new Metadata(instance, { address, region }),
      booted,
    });
  }

  async halt(instanceId: string): Promise<void> {
    const started = this.#started.get(instanceId);
    await started?.booted;
    await started?.machine.halt();
  }

  async stop(instanceId: string): Promise<void> {
    const started = this.#started.get(instanceId);
    if (!started) return;
    await started.booted;
    await started.machine.end();
    this.#addresses.release(instanceId);
  }

  async stopAll(): Promise<void> {
    try {
      await settleAll([...this.#started.keys()].map((id) => this.stop(id)));
    } finally {
      (await this.#metadata)?.close();
    }
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
    return this.#started.get(instanceId)?.machine.console.text ?? '';
  }

  /** The machine of a started instance. */
  machine(instanceId: string): Machine {
    const started = this.#started.get(instanceId);
    if (started) return started.machine;
    throw new Error(`instance ${instanceId} was never started`);
  }

  #switchPower(machine: Machine, booting: Promise<void>): Promise<void> {
    return booting.catch((error: unknown) =>
      machine.console.write(`the machine could not be started: ${messageOf(error)}\n`),
    );
  }

  async #boot(machine: Machine, instance: LaunchedInstance): Promise<void> {
    this.#metadata ??= startSharedMetadata((address) => this.#metadataOf(address), metadataAddress, 80);
    await this.#metadata;
    await machine.boot([rootFileSystem(), ...(await this.#layers(instance))]);
  }

  async #layers({ imageId, userData }: LaunchedInstance): Promise<readonly string[]> {
    if (this.#options.layers) return this.#options.layers(imageId);
    if (this.#stocked !== undefined && isNamedBy(userData, this.#stocked)) return [];
    this.#nodeLayer ??= nodeLayer(join(machines, 'node'));
    return [await this.#nodeLayer];
  }

  /** Metadata of the machine at an address. */
  #metadataOf(address: string): Metadata | undefined {
    const found = [...this.#started].find(
      ([id, { machine }]) => machine.isOn && this.address(id) === address,
    );
    return found?.[1].metadata;
  }
}
