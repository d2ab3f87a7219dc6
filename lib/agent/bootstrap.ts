import { join } from 'node:path';
import { instanceMetadata } from '../aws/metadata.ts';
import type { Stores } from '../aws/stores.ts';
import type { Settings } from '../config/settings.ts';
import { HoldfastError } from '../release/errors.ts';
import { type Deployed, deploy, summaryOf } from './deploy.ts';
import type { Events } from './events.ts';
import { type Identity, readIdentity } from './identity.ts';
import { type Init, readInit } from './init.ts';
import { agentSettings, readServiceSettings } from './instance-settings.ts';
import { endLaunch, keepWaiting } from './launch.ts';
import { writeState } from './notes.ts';
import { reportFailed, reportReady } from './report.ts';

/** Settings file for whoever deploys on the instance by hand. */
const settingsFile = 'etc/holdfast/agent.json';

/**
 * Builds a new instance: who it is, the recorded release, start, health; then it reports and says whether it may enter
 * service. It is safe to run at every boot.
 */
export async function bootstrap(initFile: string, events: Events, stores: Stores): Promise<void> {
  const init = readInit(initFile);
  const metadata = instanceMetadata(process.env);
  const identity = await events.phase('identity', undefined, () => readIdentity(metadata));
  const lifecycle = await stores.lifecycle();
  const stopWaiting = keepWaiting(lifecycle, identity, events);
  try {
    const deployed = await build(init, identity, events, stores).catch(async (error: unknown) => {
      await endLaunch(lifecycle, identity, events, false);
      throw error;
    });
    await endLaunch(lifecycle, identity, events, true);
    events.summary(summaryOf(deployed));
  } finally {
    stopWaiting();
  }
}

/** Deploys and reports, whatever came of it. */
async function build(init: Init, identity: Identity, events: Events, stores: Stores): Promise<Deployed> {
  const settings = await readServiceSettings(stores.parameters, identity.settings);
  const reporting = { settings, identity, events, objects: await stores.objects(settings.bucket) };
  try {
    refuseOther(init, settings, identity);
    const home = process.env.HOLDFAST_HOME || '/';
    const own = agentSettings(settings, identity, home);
    writeState(join(home, settingsFile), own);
    const deployed = await deploy(own, events, stores);
    await reportReady(reporting, deployed);
    return deployed;
  } catch (error) {
    await reportFailed(reporting, error);
    throw error;
  }
}

/** An instance with the tags of another service would read what is not its own. */
function refuseOther(init: Init, settings: Settings, identity: Identity): void {
  if (init.environment === settings.environment && init.service === settings.service) return;
  throw new HoldfastError(
    'BootstrapFailed',
    `parameter ${identity.settings}: found service ${settings.service} of ${settings.environment}, expected ${init.service} of ${init.environment}; launch the instance through a deployment`,
  );
}
