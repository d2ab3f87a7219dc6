import { parameterNames } from '../../config/resource-names.ts';
import type { Settings } from '../../config/settings.ts';
import { commitHash } from '../git.ts';
import { type ChaosAction, type ChaosRun, interpolate } from './stage.ts';

/** Writes changed settings, as an update of the service's stack does. */
function change({ simulation: { world, truth } }: ChaosRun, changed: (settings: Settings) => Settings): void {
  const value = JSON.stringify(changed(structuredClone(truth.settings)));
  const name = parameterNames(truth.environment, truth.service).settings;
  world.ssm.putParameter({ Name: name, Value: value, Overwrite: true });
}

const changeCapacity: ChaosAction = (stage, { pick, amount }) => {
  const min = 1 + (pick % 3);
  change(stage, (settings) => ({ ...settings, capacity: { min, max: interpolate(min, min + 4, amount) } }));
  return 'capacity changed';
};

const changeHealthCheck: ChaosAction = (stage, { amount }) => {
  const { health } = stage.simulation.truth.settings;
  if (!health) return undefined;
  change(stage, (settings) => ({
    ...settings,
    health: { ...health, intervalSeconds: interpolate(5, 20, amount) },
  }));
  return 'health check changed';
};

const changeTemplate: ChaosAction = (stage) => {
  const { world, truth, time } = stage.simulation;
  const { id } = truth.settings.launchTemplate;
  const build = `build-${time.now()}`;
  world.ec2.createLaunchTemplateVersion({
    LaunchTemplateId: id,
    SourceVersion: '1',
    VersionDescription: build,
    LaunchTemplateData: { InstanceType: 'm7g.large' },
  });
  change(stage, (settings) => ({ ...settings, launchTemplate: { id, build } }));
  return 'template changed';
};

const changeDrainTime: ChaosAction = (stage, { amount }) => {
  const drainSeconds = interpolate(0, 60, amount);
  change(stage, (settings) => ({ ...settings, rollout: { ...settings.rollout, drainSeconds } }));
  return 'drain time changed';
};

/** A second repository that the record does not name yet. */
const addRepository: ChaosAction = (stage) => {
  const { git, truth } = stage.simulation;
  const added = { url: 'https://git.example.com/tools.git', branch: 'main', overlay: 'none' } as const;
  if (truth.settings.repositories.tools) return undefined;
  git.push(added.url, added.branch, commitHash(255));
  change(stage, (settings) => ({
    ...settings,
    repositories: { ...settings.repositories, tools: added },
  }));
  return 'repository added';
};

/** Changes by `cdk deploy`. */
export const updates = {
  'change capacity': changeCapacity,
  'change health check': changeHealthCheck,
  'change template': changeTemplate,
  'change drain time': changeDrainTime,
  'add repository': addRepository,
} satisfies Record<string, ChaosAction>;
