import type { Colour } from '../release/colour.ts';

/** Parameters of one service in SSM Parameter Store. */
export interface ParameterNames {
  settings: string;
  deployed: string;
  blue: string;
  green: string;
  image: string;
}

/** `/holdfast/<environment>/<service>/...`: the names of a service's parameters. */
export function parameterNames(environment: string, service: string): ParameterNames {
  const root = `/holdfast/${environment}/${service}`;
  return {
    settings: `${root}/settings`,
    deployed: `${root}/deployed`,
    blue: `${root}/blue`,
    green: `${root}/green`,
    image: `${root}/image`,
  };
}

/** Keys of the objects in the store bucket. */
export const storeKeys = {
  journal: (service: string) => `journal/${service}.json`,
  journals: 'journal/',
  /** `<commit>.tar.*` follows. */
  overlays: (service: string, repository: string) => `overlays/${service}/${repository}/`,
  archives: (service: string) => `archives/${service}/`,
  archive: (service: string, repository: string, commit: string) =>
    `archives/${service}/${repository}/${commit}.tar.zst`,
  agent: (sha256: string) => `agent/${sha256}`,
  node: (sha256: string) => `node/${sha256}`,
  reports: (service: string) => `reports/${service}/`,
  /**
   * An instance may write only below its own id: `<role id>:<instance id>`, the `aws:userid` of its session in IAM.
   */
  report: (service: string, roleId: string, instanceId: string) =>
    `reports/${service}/${roleId}:${instanceId}/report.json`,
  /** Beside the report, under the same id. */
  refresh: (service: string, roleId: string, instanceId: string) =>
    `reports/${service}/${roleId}:${instanceId}/refresh.json`,
  evidence: (service: string, deployment: string) => `evidence/${service}/${deployment}.json`,
} as const;

/**
 * Log group of a service's instances; each instance has a stream named after it. Log groups of functions are one
 * level up.
 */
export function logGroupName(environment: string, service: string): string {
  return `/holdfast/${environment}/instances/${service}`;
}

/**
 * Tags of fleets, instances, rules and target groups. No key holds `/` or a space, so instance metadata can show
 * them.
 */
export const tags = {
  environment: 'holdfast:environment',
  service: 'holdfast:service',
  colour: 'holdfast:colour',
  /** `NAME:VERSION` of the colour's record. */
  record: 'holdfast:record',
  /** `NAME:VERSION` of the settings. */
  settings: 'holdfast:settings',
  deployment: 'holdfast:deployment',
  /** On instances: the first part of their `aws:userid`, below which the boot script reports. */
  roleId: 'holdfast:role-id',
} as const;

export const launchHook = 'holdfast-launch';
export const terminateHook = 'holdfast-terminate';

export type Machine = 'rollout' | 'settle';

/** The two state machines of an environment. */
export function machineName(environment: string, machine: Machine): string {
  return `holdfast-${environment}-${machine}`;
}

/** Name of the one fleet of a service whose instances record. */
export function hostsName(environment: string, service: string): string {
  return `holdfast-${environment}-${service}-hosts`;
}

/**
 * Name of a fleet's Auto Scaling group, the same for every attempt of one deployment. `id` is a short digest of the
 * execution.
 */
export function fleetName(environment: string, service: string, colour: Colour, id: string): string {
  return `holdfast-${environment}-${service}-${colour}-${id}`;
}
