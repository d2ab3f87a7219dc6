import { primaryRepository, type Repositories } from '../config/repository.ts';
import { tags } from '../config/resource-names.ts';
import { parseSettings, type Settings } from '../config/settings.ts';
import type { Properties } from '../local-aws/cloudformation/resource.ts';
import { HoldfastError } from '../release/errors.ts';

/** Changes of a rehearsal to a service. */
export interface Changes {
  service: string;
  /** Clone url of the primary repository. */
  url: string;
  branch: string;
  /** Left out: nothing is built. */
  build?: string;
  /** Clone url of the configuration repository. */
  statesUrl: string;
  /** Whether the primary repository takes an overlay. */
  withOverlay: boolean;
  start: string;
  healthPath: string;
  /** Time for a started release to become healthy. Seconds. */
  healthSeconds: number;
  /** Time for a candidate's instances to be ready. Seconds. */
  readySeconds: number;
  /** The longest time that the load balancer takes to apply a changed rule. Seconds. */
  ruleLag: number;
  instances: number;
  port: number;
}

/** Short times, because instances boot in seconds here and somebody is watching. */
export const shortWaits: Omit<Settings['rollout'], 'readySeconds' | 'ruleSeconds'> = {
  pollSeconds: 1,
  inServiceSeconds: 60,
  drainSeconds: 2,
  terminateSeconds: 60,
  restoreSeconds: 60,
  launchHookSeconds: 300,
  terminateHookSeconds: 30,
};

/**
 * The only differences between a rehearsal and what was synthesised: the settings of the rehearsed service, and the
 * port of its target groups, which must be free on this machine. Everything else is deployed as in the templates.
 */
export function patchFor(changes: Changes): (type: string, properties: Properties) => Properties {
  return (type, properties) => {
    if (type === 'AWS::SSM::Parameter' && String(properties.Name).endsWith(`/${changes.service}/settings`)) {
      return { ...properties, Value: JSON.stringify(patchSettings(String(properties.Value), changes)) };
    }
    if (type === 'AWS::ElasticLoadBalancingV2::TargetGroup' && isTagged(properties, changes.service)) {
      return { ...properties, Port: changes.port };
    }
    return properties;
  };
}

function patchSettings(value: string, changes: Changes): Settings {
  const { service } = changes;
  const settings = parseSettings(value, `settings of ${service}`);
  if (!settings.health || !settings.balancer) {
    throw new HoldfastError(
      'InvalidInput',
      `service ${service}: found no route, expected one; name a service behind the load balancer`,
    );
  }
  // Provisioning needs root, and values exist nowhere here.
  const { provision, states, refresh, watch, values, ...kept } = settings;
  const patched: Settings = {
    ...kept,
    repositories: patchRepositories(settings, changes),
    start: changes.start,
    port: changes.port,
    capacity: { min: changes.instances, max: changes.instances + 1 },
    health: {
      ...settings.health,
      path: changes.healthPath,
      timeoutSeconds: changes.healthSeconds,
      intervalSeconds: 5,
      checkTimeoutSeconds: 2,
    },
    rollout: {
      ...shortWaits,
      readySeconds: changes.readySeconds,
      ruleSeconds: ruleSecondsFor(changes.ruleLag),
    },
  };
  return parseSettings(JSON.stringify(patched), `settings of ${service} for the rehearsal`);
}

/** Longer than the lag, as in production. */
function ruleSecondsFor(lag: number): number {
  return lag === 0 ? 0 : Math.ceil(lag) + 1;
}

/** The primary and the configuration repository, without the service's other ones. */
function patchRepositories({ repositories, configuration }: Settings, changes: Changes): Repositories {
  const primary = primaryRepository(repositories, configuration);
  const { url, branch, build, withOverlay } = changes;
  const patched: Repositories = {
    [primary]: {
      url,
      branch,
      overlay: withOverlay ? 'optional' : 'none',
      ...(build && { commands: { build } }),
    },
  };
  if (configuration) patched[configuration] = { url: changes.statesUrl, branch: 'main', overlay: 'none' };
  return patched;
}

function isTagged({ Tags = [] }: Properties, service: string): boolean {
  return (Tags as { Key: string; Value: string }[]).some(
    ({ Key, Value }) => Key === tags.service && Value === service,
  );
}
