import { join } from 'node:path';
import type { Parameters } from '../../aws/parameters.ts';
import { type AgentSettings, agentSettingsSchema } from '../../config/agent-settings.ts';
import { parameterNames } from '../../config/resource-names.ts';
import { parseSettings, type Settings } from '../../config/settings.ts';
import { HoldfastError } from '../../release/errors.ts';
import { check } from '../../release/validate.ts';
import type { Identity } from './identity.ts';
import type { Init } from './init.ts';

/** Reads exactly the settings version that the instance's fleet carries. */
export async function readServiceSettings(
  parameters: Pick<Parameters, 'getVersion'>,
  id: string,
): Promise<Settings> {
  const [, name, version] = /^(.+):(\d+)$/.exec(id) ?? [];
  if (name === undefined)
    throw new HoldfastError('BootstrapFailed', `tag for settings: found ${id}, expected NAME:VERSION`);
  const { value } = await parameters.getVersion(name, Number(version));
  return parseSettings(value, `parameter ${id}`);
}

/** What the user-data said: another role, another branch of the configuration. */
export type InitChoices = Pick<Init, 'role' | 'configurationBranch'>;

/** The service's settings as `deploy` takes them, for this instance. `home` takes the place of `/`. */
export function agentSettingsFor(
  settings: Settings,
  identity: Identity,
  home: string,
  { configurationBranch }: InitChoices = {},
): AgentSettings {
  const { environment, service, role, root, bucket, repositories, configuration, start } = settings;
  const { provision, states, refresh, watch, values, drain, log } = settings;
  const parameters = {
    release: identity.record,
    deployed: parameterNames(environment, service).deployed,
  };
  const value = {
    environment,
    service,
    role,
    bucket,
    repositories,
    parameters,
    root: join(home, root),
    instance: instanceOf(settings, identity),
    valuesFile: join(home, 'etc/holdfast/values.env'),
    log,
    ...omitUndefined({ provision, states, refresh, watch, values, drain, configurationBranch }),
  };
  return check(
    agentSettingsSchema,
    {
      ...value,
      ...(configuration === undefined ? {} : { configuration }),
      ...(start === undefined ? {} : { start }),
      ...healthAt(settings, identity.address),
    },
    `parameter ${identity.settings}`,
  );
}

function instanceOf({ roleId, rollout }: Settings, { instance, group }: Identity): AgentSettings['instance'] {
  const { terminateHookSeconds } = rollout;
  return { id: instance, roleId, ...(group === undefined ? {} : { group, terminateHookSeconds }) };
}

/** JSON has no undefined: what is left out stays out. */
function omitUndefined(values: Partial<AgentSettings>): Partial<AgentSettings> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** The instance is asked at the address that the load balancer asks. */
function healthAt({ health, port }: Settings, address: string): { health?: AgentSettings['health'] } {
  if (!health || port === undefined) return {};
  const { path, timeoutSeconds } = health;
  return { health: { url: `http://${address}:${port}${path}`, timeoutSeconds } };
}
