import type { InstanceClients } from '../../aws/instance-clients.ts';
import { instanceMetadata, type Metadata } from '../../aws/metadata.ts';
import { messageOf } from '../../release/errors.ts';
import { type Deployed, summaryOf } from '../deploy/deploy.ts';
import { type Events, errorOf } from '../host/events.ts';
import { homeFolder } from '../host/home.ts';
import { requireNode } from '../host/node-version.ts';
import { type Patience, retryFor, whileBooting } from '../host/retry.ts';
import { shipLastLines } from '../log/ship-log.ts';
import type { BootContext, BootStage } from './boot-context.ts';
import { deployRecorded } from './deploy-recorded.ts';
import { type Identity, readIdentity, readPartialIdentity } from './identity.ts';
import { type Init, readInit } from './init.ts';
import { agentSettingsFor, readServiceSettings } from './instance-settings.ts';
import { keepArchives } from './keep-archives.ts';
import { keepMetadata } from './keep-metadata.ts';
import { endLaunch, prolongLaunch } from './launch-hook.ts';
import { startLogTimer } from './log-timer.ts';
import { placeEnvironment } from './place-environment.ts';
import { launchParameters, readAhead } from './read-ahead.ts';
import { type Reporting, reportFailed, reportReady } from './report.ts';
import { writeSettings } from './settings-file.ts';
import { takeIdentity } from './take-identity.ts';
import { watchFiles } from './watch-files.ts';

/**
 * The stages of a boot, in order. The report and the end of the launch hook follow the last stage, or one that
 * failed.
 */
const stages: readonly BootStage[] = [
  { name: 'identity', run: takeIdentity },
  { name: 'settings', run: writeSettings },
  { name: 'metadata', run: keepMetadata },
  { name: 'values', run: placeEnvironment },
  { name: 'deploy', run: deployRecorded },
  { name: 'watch', run: watchFiles },
];

/**
 * Builds a new instance: identity, recorded release, start, health. Then it reports and says whether the instance may
 * enter service. Work for others comes last. It is safe to run at every boot.
 */
export async function bootstrap(
  initFile: string,
  events: Events,
  stores: InstanceClients,
  patience: Patience = whileBooting,
): Promise<void> {
  const init = readInit(initFile);
  const metadata = instanceMetadata(process.env);
  // Tags may come after the instance.
  const limits = { ...patience, passing: ['AwsFailed', 'BootstrapFailed'] } as const;
  const identity = await events
    .phase('identity', undefined, () => retryFor(events, limits, () => readIdentity(metadata)))
    .catch(async (error: unknown) => {
      await giveUp(init, metadata, events, stores, error);
      throw error;
    });
  const lifecycle = await stores.lifecycle();
  const log = { ...init, instance: identity.instance, home: homeFolder(), stores, events };
  const stopWaiting = prolongLaunch(lifecycle, identity, events);
  try {
    const built = await build(init, identity, events, stores).catch(async (error: unknown) => {
      events.tell('failed', { part: 'bootstrap', error: errorOf(error) });
      // The group ends the instance, so nothing would ship the reason later.
      await shipLastLines(log);
      await endLaunch(lifecycle, identity, events, false);
      throw error;
    });
    await endLaunch(lifecycle, identity, events, true);
    stopWaiting();
    await keepArchives(built);
    await startLogTimer(built);
    await shipLastLines(log);
    events.summary(summaryOf(built.deployed));
  } finally {
    stopWaiting();
  }
}

/** Without its identity an instance cannot be built. It reports and leaves its group as far as its tags let it. */
async function giveUp(
  init: Init,
  metadata: Metadata,
  events: Events,
  stores: InstanceClients,
  reason: unknown,
): Promise<void> {
  try {
    const identity = await readPartialIdentity(metadata);
    await reportFailed(await reportingOf(init, identity, events, stores), reason);
    await endLaunch(await stores.lifecycle(), identity, events, false);
  } catch (error) {
    events.warn(`the launch could not be abandoned: ${messageOf(error)}`);
  }
}

/** What a report needs before the settings are known. */
async function reportingOf(
  init: Init,
  identity: Identity,
  events: Events,
  stores: InstanceClients,
): Promise<Reporting & Pick<BootContext, 'objects'>> {
  const objects = await stores.objects(init.bucket);
  const settings = { ...init, role: init.role ?? init.service, roleId: identity.roleId ?? '' };
  return { settings, identity, events, objects };
}

/** Runs the stages and reports the result, good or bad. */
async function build(
  init: Init,
  identity: Identity,
  events: Events,
  stores: InstanceClients,
): Promise<BootContext> {
  const early = await reportingOf(init, identity, events, stores);
  let reporting: Reporting = early;
  try {
    requireNode();
    const context = await contextOf({ init, identity, events, stores, objects: early.objects });
    reporting = context;
    for (const { name, run } of stages) {
      events.tell('stage', { name });
      await run(context);
    }
    await reportReady(context, context.deployed);
    return context;
  } catch (error) {
    await reportFailed(reporting, error);
    throw error;
  }
}

type Given = Pick<BootContext, 'init' | 'identity' | 'events' | 'stores' | 'objects'>;

/** Reads the parameters that the instance's tags name. */
async function contextOf({ stores: all, ...given }: Given): Promise<BootContext> {
  const { init, identity } = given;
  const parameters = await readAhead(all.parameters, launchParameters({ ...init, ...identity }));
  const stores = { ...all, parameters };
  const recorded = await readServiceSettings(stores.parameters, identity.settings);
  const settings = { ...recorded, role: init.role ?? recorded.role };
  const agentSettings = agentSettingsFor(settings, identity, homeFolder(), init);
  const deployed: Deployed = { result: 'unchanged', release: {}, commits: {} };
  return { ...given, home: homeFolder(), settings, agentSettings, stores, deployed };
}
