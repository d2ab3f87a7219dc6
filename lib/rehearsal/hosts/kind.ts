import type { HostsOptions, RunningHosts } from '../../local-aws/model/hosts.ts';
import { gateway } from './machine/network.ts';
import { MachineHosts } from './machine.ts';
import { ProcessHosts } from './process.ts';
import { startCommand, unitCommand } from './start-command.ts';

/** A kind of instances in a rehearsal. */
export interface HostsKind {
  /** Address at which instances reach this process. */
  gateway: string;
  /** Start command for the settings, for a server that stays in the foreground. */
  startCommand(command: string): string;
  create(options: HostsOptions): RunningHosts;
}

export const hostsKinds = {
  process: { gateway: '127.0.0.1', startCommand, create: (options) => new ProcessHosts(options) },
  machine: { gateway, startCommand: unitCommand, create: (options) => new MachineHosts(options) },
} as const satisfies Record<string, HostsKind>;
