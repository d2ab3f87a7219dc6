import type { InstanceClients } from '../aws/instance-clients.ts';
import { instanceMetadata } from '../aws/metadata.ts';
import type { Events, Summary } from './host/events.ts';
import { readSettings } from './settings.ts';

/** Values that a command uses. */
export interface AgentRun {
  events: Events;
  /** Created on demand: some commands need none. */
  stores: () => InstanceClients;
  /** Takes the place of `/` where an instance is a group of processes. */
  home: string;
}

/** Last line of a successful run; undefined for commands that report in another way. */
type Ending = Omit<Summary, 'phases'> | undefined;

export interface AgentCommand {
  description: string;
  /** Content of its file: the init information, or the settings of a running machine. */
  reads: 'init' | 'settings';
  run(file: string, run: AgentRun): Promise<Ending>;
}

/** The commands beside `deploy`, one row each. Each loads its modules when it runs. */
export const commands = {
  enable: {
    description: 'Has systemd bootstrap this instance now and at every boot.',
    reads: 'init',
    async run(file, { home }) {
      const { enable } = await import('./boot/enable.ts');
      await enable(file, home);
      return undefined;
    },
  },
  bootstrap: {
    description: 'Builds a new instance from its init information and reports.',
    reads: 'init',
    async run(file, { events, stores }) {
      const { bootstrap } = await import('./boot/bootstrap.ts');
      await bootstrap(file, events, stores());
      return undefined;
    },
  },
  bake: {
    description: 'Makes a fresh machine a base image: what is recorded is on its disk, nothing names it.',
    reads: 'init',
    async run(file, { events, stores, home }) {
      const { bake } = await import('./image/bake.ts');
      await bake(file, { events, stores: stores(), metadata: instanceMetadata(process.env), home });
      return undefined;
    },
  },
  refresh: {
    description:
      'Applies what changed for this machine: its environment, a configuration that follows its branch.',
    reads: 'settings',
    async run(file, { events, stores }) {
      const [{ refresh }, { logOf, shipLastLines }] = await Promise.all([
        import('./refresh/refresh.ts'),
        import('./log/ship-log.ts'),
      ]);
      const settings = readSettings(file);
      const clients = stores();
      const log = logOf(settings, clients, events);
      return await refresh(settings, events, clients).finally(() => log && shipLastLines(log));
    },
  },
  leave: {
    description: 'Sees off an instance that is about to end: drain command, end of the log, terminate hook.',
    reads: 'settings',
    async run(file, { events, stores }) {
      const { leave } = await import('./leave/leave.ts');
      const metadata = instanceMetadata(process.env);
      return await leave({ settings: readSettings(file), metadata, events, stores: stores() });
    },
  },
  'ship-log': {
    description: "Puts what is new in this machine's journal into CloudWatch Logs.",
    reads: 'settings',
    async run(file, { events, stores }) {
      const { logOf, shipLog } = await import('./log/ship-log.ts');
      const log = logOf(readSettings(file), stores(), events);
      if (log) await shipLog(log);
      return undefined;
    },
  },
} as const satisfies Record<string, AgentCommand>;

export type CommandName = keyof typeof commands;
export const commandNames = Object.keys(commands) as CommandName[];
