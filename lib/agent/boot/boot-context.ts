import type { InstanceClients } from '../../aws/instance-clients.ts';
import type { Objects } from '../../aws/objects.ts';
import type { AgentSettings } from '../../config/agent-settings.ts';
import type { Settings } from '../../config/settings.ts';
import type { Deployed } from '../deploy/deploy.ts';
import type { Events } from '../host/events.ts';
import type { Identity } from './identity.ts';
import type { Init } from './init.ts';

/** Values that every stage of a boot uses. */
export interface BootContext {
  readonly init: Init;
  /** Takes the place of `/`: system files are written below it. */
  readonly home: string;
  readonly identity: Identity;
  /** The service's settings, in the version that the fleet carries. */
  readonly settings: Settings;
  /** The same settings as `deploy` takes them, for this instance. */
  readonly agentSettings: AgentSettings;
  readonly events: Events;
  readonly stores: InstanceClients;
  /** The store bucket. */
  readonly objects: Objects;
  /** Result of the stage `deploy`; an empty release before it. */
  deployed: Deployed;
}

/** One part of a boot. It may run again at every boot. An error of it ends the boot and is reported. */
export interface BootStage {
  name: string;
  run(context: BootContext): Promise<void>;
}
