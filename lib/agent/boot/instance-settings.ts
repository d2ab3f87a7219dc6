import { join } from 'node:path';
import type { Parameters } from '../../aws/parameters.ts';
import { type AgentSettings, agentSettingsSchema } from '../../config/agent-settings.ts';
import { parameterNames } from '../../config/resource-names.ts';
import { parseSettings, type Settings, settingsSchema } from '../../config/settings.ts';
import { HoldfastError } from '../../release/errors.ts';
import { findParameterVersion } from '../../release/parameter-version.ts';
import { checkStored } from '../../release/stored.ts';
import type { Identity } from './identity.ts';
import type { Init } from './init.ts';

/** Reads exactly the settings version that the instance's fleet carries. */
export async function readServiceSettings(
  parameters: Pick<Parameters, 'getVersion'>,
  id: string,
): Promise<Settings> {
  const exact = findParameterVersion(id);
  if (!exact)
    throw new HoldfastError('BootstrapFailed', `tag for settings: found ${id}, expected NAME:VERSION`);
  const { value } = await parameters.getVersion(exact.name, exact.version);
  return parseSettings(value, `parameter ${id}`);
}

/** Choices of the user-data: another role, another branch of the configuration. */
export type InitChoices = Pick<Init, 'role' | 'configurationBranch'>;

/** Keys whose value depends on the instance. */
type InstanceKey = Exclude<keyof AgentSettings, keyof Settings> | 'root' | 'health' | 'record';

/** Keys that service and instance share. They are copied. */
const sharedKeys = Object.keys(agentSettingsSchema.shape).filter((key) => key in settingsSchema.shape);

/** The service's settings in the form that `deploy` takes, for this instance. `home` takes the place of `/`. */
export function agentSettingsFor(
  settings: Settings,
  identity: Identity,
  home: string,
  { configurationBranch }: InitChoices = {},
): AgentSettings {
  const { environment, service, root } = settings;
  const { deployed } = parameterNames(environment, service);
  const ofInstance: Record<InstanceKey, unknown> = {
    // Hosts that record apply the newest record, all others that of their fleet.
    parameters: { release: settings.record === 'instances' ? deployed : identity.record, deployed },
    root: join(home, root),
    instance: instanceOf(settings, identity),
    valuesFile: join(home, 'etc/holdfast/values.env'),
    health: healthAt(settings, identity.address),
    configurationBranch,
    record: undefined,
  };
  const shared = Object.entries(settings).filter(([key]) => sharedKeys.includes(key));
  const value = omitUndefined({ ...Object.fromEntries(shared), ...ofInstance });
  return checkStored(agentSettingsSchema, value, `parameter ${identity.settings}`, 'InvalidInput');
}

function instanceOf({ roleId, rollout }: Settings, { instance, group }: Identity): AgentSettings['instance'] {
  const { terminateHookSeconds } = rollout;
  return { id: instance, roleId, ...(group === undefined ? {} : { group, terminateHookSeconds }) };
}

/** JSON has no undefined, so such keys are left out. */
function omitUndefined(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** The health check uses the same address as the load balancer. */
function healthAt({ health, port }: Settings, address: string): AgentSettings['health'] {
  if (!health || port === undefined) return undefined;
  const { path, timeoutSeconds } = health;
  return { url: `http://${address}:${port}${path}`, timeoutSeconds };
}
