import type { InstanceClients } from '../../aws/instance-clients.ts';
import type { Objects } from '../../aws/objects.ts';
import type { AgentSettings } from '../../config/agent-settings.ts';
import type { Settings } from '../../config/settings.ts';
import type { Deployed } from '../deploy/deploy.ts';
import type { Events } from '../host/events.ts';
import type { Identity } from './identity.ts';
import type { Init } from './init.ts';

/** What every stage of a boot works with. */
export interface BootContext {
  readonly init: Init;
  /** Takes the place of `/`: the folder that files of the system are written below. */
  readonly home: string;
  readonly identity: Identity;
  /** The service's settings, in the version that the fleet carries. */
  readonly settings: Settings;
  /** The same as `deploy` takes them, for this instance. */
  readonly agentSettings: AgentSettings;
  readonly events: Events;
  readonly stores: InstanceClients;
  /** The store bucket. */
  readonly objects: Objects;
  /** What the stage `deploy` came to; before it, an empty release. */
  deployed: Deployed;
}

/** One part of a boot. It can be run again at every boot; what it throws ends the boot and is reported. */
export interface BootStage {
  name: string;
  run(context: BootContext): Promise<void>;
}
