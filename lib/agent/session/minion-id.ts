import { hostname } from 'node:os';
import type { AgentSettings } from '../../config/agent-settings.ts';

/** Id that states match: the role, then the instance id; on a machine that is no instance, its host name. */
export function minionIdOf({ role, instance }: Pick<AgentSettings, 'role' | 'instance'>): string {
  return `${role}-${instance?.id ?? hostname()}`;
}
