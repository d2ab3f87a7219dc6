import type { AgentSettings } from '../../config/agent-settings.ts';
import { writeSystemFile } from '../host/system-file.ts';
import type { Identity } from './identity.ts';

export const factFiles = {
  salt: 'etc/salt/minion.d/holdfast.conf',
  ansible: 'etc/ansible/facts.d/holdfast.fact',
} as const;

/** Facts that the states of a machine may use, the same for each tool. */
export interface Facts {
  environment: string;
  service: string;
  role: string;
  colour?: string;
  instance: string;
}

/** The facts of an instance. */
export function factsOf(agentSettings: AgentSettings, { instance, colour }: Identity): Facts {
  const { environment, service, role } = agentSettings;
  return { environment, service, role, ...(colour ? { colour } : {}), instance };
}

/**
 * Writes the facts as Salt's grains and as Ansible's local facts, whether the tools are installed or not. JSON is
 * valid YAML.
 */
export function writeFacts(home: string, minionId: string, facts: Facts): void {
  const minion = { id: minionId, file_client: 'local', grains: facts };
  writeSystemFile(home, factFiles.salt, `${JSON.stringify(minion)}\n`);
  writeSystemFile(home, factFiles.ansible, `${JSON.stringify(facts)}\n`);
}
