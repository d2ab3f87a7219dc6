import { readServiceSettings } from '../../agent/boot/instance-settings.ts';
import { launchParameters, readAhead } from '../../agent/boot/read-ahead.ts';
import { launchHook, storeKeys, tags } from '../../config/resource-names.ts';
import type { Settings } from '../../config/settings.ts';
import type { LaunchedInstance } from '../../local-aws/model/hosts.ts';
import { HoldfastError } from '../../release/errors.ts';
import type { Release } from '../../release/release.ts';
import { formatReport } from '../../release/report.ts';
import { keepArchives } from './archives.ts';
import { fetchRelease, readRecord } from './fetch-release.ts';
import type { InstanceContext } from './instance-context.ts';
import type { Outcome, ScriptedOutcome } from './outcome.ts';
import { type Built, reportOf } from './report.ts';

/** Context of one instance that builds itself. */
export interface Bootstrap {
  instance: LaunchedInstance;
  context: InstanceContext;
  fate(release: Release): ScriptedOutcome;
  /** The release runs from now on. */
  started(release: Release, settings: Settings, outcome: Outcome): void;
  /** The machine ends now. */
  dies(): void;
}

/** The agent prolongs the launch hook while it works. */
const heartbeatMilliseconds = 75_000;

/**
 * The visible behaviour of `holdfast-agent bootstrap`: reads its settings and record by version, proves unproven
 * commits, takes its time, starts the release, reports, ends the launch hook, and uploads archives.
 */
export async function bootstrap(boot: Bootstrap): Promise<void> {
  const { instance } = boot;
  const context = await waitForLaunch(boot);
  const settings = await readServiceSettings(context.parameters, instance.tags[tags.settings] ?? '');
  const built = await build({ ...boot, context }, settings);
  if (!built) return;
  const report = reportOf(instance, settings, built);
  const key = storeKeys.report(settings.service, settings.roleId, instance.id);
  await context.objects(settings.bucket).put(key, formatReport(report, key));
  await context.lifecycle.complete(
    launchActionOf(instance),
    report.result === 'ready' ? 'CONTINUE' : 'ABANDON',
  );
  if (report.result === 'ready') await keepArchives(context, settings, built.release);
}

async function waitForLaunch({ instance, context }: Bootstrap): Promise<InstanceContext> {
  const tag = (key: string) => instance.tags[key] ?? '';
  const launch = {
    environment: tag(tags.environment),
    service: tag(tags.service),
    record: tag(tags.record),
    settings: tag(tags.settings),
  };
  return { ...context, parameters: await readAhead(context.parameters, launchParameters(launch)) };
}

/** Result of the bootstrap; undefined when nobody is left to report it. */
async function build(boot: Bootstrap, settings: Settings): Promise<Built | undefined> {
  const { instance, context } = boot;
  const begun = context.now();
  let release: Release = {};
  try {
    const record = await readRecord(instance, context, settings.record);
    if (!record) return { release, begun, ended: context.now() };
    release = record.release;
    await fetchRelease(context, settings, record);
    const { deploySeconds, outcome } = boot.fate(release);
    await work(boot, deploySeconds * 1000);
    if (!(await start(boot, settings, release, outcome))) return undefined;
    return { release, begun, ended: context.now() };
  } catch (failure) {
    return { release, begun, ended: context.now(), failure };
  }
}

/** Starts the release. Returns whether the machine survives to report it. */
async function start(
  boot: Bootstrap,
  settings: Settings,
  release: Release,
  outcome: Outcome,
): Promise<boolean> {
  if (outcome === 'hangs') return false;
  if (outcome === 'dies') {
    boot.dies();
    return false;
  }
  if (outcome === 'command fails')
    throw new HoldfastError('CommandFailed', 'the build command ended with code 1');
  if (outcome === 'breaks') throw new HoldfastError('BootstrapFailed', 'the volume could not be mounted');
  if (outcome === 'never healthy') await waitInVain(boot, settings);
  boot.started(release, settings, outcome);
  return true;
}

async function waitInVain(boot: Bootstrap, { health }: Settings): Promise<never> {
  const seconds = health?.timeoutSeconds ?? 60;
  await work(boot, seconds * 1000);
  throw new HoldfastError('NotHealthy', `the release did not answer 200 within ${seconds} seconds`);
}

/** Takes time while prolonging the launch hook. */
async function work({ instance, context }: Bootstrap, milliseconds: number): Promise<void> {
  for (let left = milliseconds; left > 0; left -= heartbeatMilliseconds) {
    await context.sleep(Math.min(left, heartbeatMilliseconds));
    if (left > heartbeatMilliseconds) await context.lifecycle.heartbeat(launchActionOf(instance));
  }
}

function launchActionOf({ group, id }: LaunchedInstance) {
  return { group, hook: launchHook, instance: id };
}
