import type { HostsKind } from '../../../lib/rehearsal/hosts/kind.ts';
import { hostsKinds } from '../../../lib/rehearsal/hosts/kind.ts';
import type { ShellResult } from '../../../lib/rehearsal/hosts/machine/shell.ts';
import { MachineHosts, type MachineHostsOptions } from '../../../lib/rehearsal/hosts/machine.ts';
import { until } from '../../../lib/rehearsal/until.ts';

/** Port of the sample site. */
export const port = 8080;

/** Machines that a test asks, and works on. */
export class Machines {
  readonly hosts: MachineHosts;
  /** Never aborted: jest ends a test that takes too long. */
  protected readonly signal = new AbortController().signal;

  constructor(hosts: MachineHosts) {
    this.hosts = hosts;
  }

  /** Runs a shell line on a machine, as root; its output. Throws when it fails. */
  async run(instanceId: string, line: string, seconds = 60): Promise<string> {
    const { code, stdout, stderr } = await this.try(instanceId, line, seconds);
    if (code === 0) return stdout.trimEnd();
    throw new Error(`${line}: ended with ${code}: ${stderr || stdout}`);
  }

  /** Runs a shell line on a machine, however it ends. */
  async try(instanceId: string, line: string, seconds = 60): Promise<ShellResult> {
    return await this.hosts.machine(instanceId).run(line, seconds);
  }

  /** One request to a machine; status 0 when nothing answers. */
  async ask(instanceId: string, path = '/'): Promise<{ status: number; body: string }> {
    return await ask(`http://${this.hosts.address(instanceId)}:${port}${path}`);
  }

  /** Waits until `look` gives something. When it does not, the error shows the consoles of these instances. */
  async waitFor<T>(
    what: string,
    look: () => T | undefined | Promise<T | undefined>,
    { seconds = 60, show = [] }: { seconds?: number; show?: readonly string[] } = {},
  ): Promise<T> {
    return await until(look, { what, seconds, signal: this.signal }).catch((error: unknown) => {
      throw new Error([String(error), ...show.map((id) => `${id}:\n${this.hosts.console(id)}`)].join('\n'));
    });
  }
}

/** Machine hosts for an environment; `hosts` gives them as soon as they are made. */
export function machineKind(options: Partial<MachineHostsOptions> = {}): {
  kind: HostsKind;
  hosts(): MachineHosts;
} {
  const made: MachineHosts[] = [];
  const create: HostsKind['create'] = (more) => {
    const hosts = new MachineHosts({ ...more, ...options });
    made.push(hosts);
    return hosts;
  };
  return {
    kind: { ...hostsKinds.machine, create },
    hosts() {
      const [hosts] = made;
      if (hosts) return hosts;
      throw new Error('no hosts were made yet');
    },
  };
}

/** One GET; status 0 when nothing answers. */
export async function ask(url: string): Promise<{ status: number; body: string }> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    return { status: answer.status, body: await answer.text() };
  } catch {
    return { status: 0, body: '' };
  }
}
