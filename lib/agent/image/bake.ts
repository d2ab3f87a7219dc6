import { rmSync } from 'node:fs';
import type { InstanceClients } from '../../aws/instance-clients.ts';
import type { Metadata } from '../../aws/metadata.ts';
import type { AgentSettings } from '../../config/agent-settings.ts';
import { isGit } from '../../config/repository.ts';
import { parameterNames } from '../../config/resource-names.ts';
import { parseSettings } from '../../config/settings.ts';
import { HoldfastError } from '../../release/errors.ts';
import { isArtifact, type Release } from '../../release/release.ts';
import { enableBootstrap } from '../boot/enable.ts';
import { factsOf, writeFacts } from '../boot/facts.ts';
import { groupTag, type Identity } from '../boot/identity.ts';
import { type Init, readInit } from '../boot/init.ts';
import { agentSettingsFor } from '../boot/instance-settings.ts';
import { deployAuto } from '../deploy/auto.ts';
import { fetchCommit } from '../deploy/fetch-commit.ts';
import type { Events } from '../host/events.ts';
import { minionIdOf } from '../session/minion-id.ts';
import { type Session, withSession } from '../session/session.ts';
import { guardMetadata } from '../systemd/metadata-guard.ts';
import { hasSystemd } from '../systemd/systemd.ts';
import { forgetIdentity } from './forget-identity.ts';

/** Values that baking uses. */
export interface BakeContext {
  events: Events;
  stores: InstanceClients;
  metadata: Metadata;
  /** Takes the place of `/`. */
  home: string;
}

/**
 * Turns a fresh machine into a base image of a service: mirrors, recorded release and configuration are on the disk,
 * nothing was started, and nothing identifies the machine. A launch of the image only fetches the difference.
 */
export async function bake(initFile: string, context: BakeContext): Promise<void> {
  const { events, home } = context;
  const init = readInit(initFile);
  const agentSettings = await settingsFor(init, context);
  await guardMetadata(agentSettings.metadata, home, events);
  const release = await prepareRelease(agentSettings, context);
  await events.phase('forget', undefined, async () => forgetIdentity(home, agentSettings.root));
  if (hasSystemd(home)) await enableBootstrap(initFile, home);
  events.summary({ result: 'baked', release });
}

/** The newest settings of the service, because an image is for future fleets. Nothing in them starts anything. */
async function settingsFor(init: Init, { stores, metadata, home }: BakeContext): Promise<AgentSettings> {
  const { settings: name, deployed } = parameterNames(init.environment, init.service);
  const found = await stores.parameters.get(name);
  if (!found) {
    throw new HoldfastError(
      'InvalidInput',
      `found no settings of service ${init.service} in ${init.environment}; deploy its stack, then bake`,
    );
  }
  const settings = parseSettings(found.value, `parameter ${name}`);
  const identity = await builderIdentity(metadata, deployed, `${name}:${found.version}`);
  const imageSettings = { ...settings, role: init.role ?? settings.role };
  const { start, health, ...agentSettings } = agentSettingsFor(imageSettings, identity, home, init);
  writeFacts(home, minionIdOf(agentSettings), factsOf(agentSettings, identity));
  return agentSettings;
}

/** Baking removes the identity of a machine, so it must never run on a machine of a fleet. */
async function builderIdentity(metadata: Metadata, record: string, settings: string): Promise<Identity> {
  const [instance = 'builder', group] = await Promise.all([
    metadata.get('instance-id'),
    metadata.get(`tags/instance/${groupTag}`),
  ]);
  if (group === undefined) return { instance, address: '127.0.0.1', record, settings };
  throw new HoldfastError(
    'InvalidInput',
    `found an instance of fleet ${group}, expected one that was launched to be baked; launch one for it`,
  );
}

/** Applies the recorded release without starting it. A new service may have no record yet. */
async function prepareRelease(
  agentSettings: AgentSettings,
  { events, stores }: BakeContext,
): Promise<Release> {
  process.umask(0o022);
  return await withSession(agentSettings, events, stores, async (session) => {
    try {
      const { release } = await deployAuto(session);
      await fillMirrors(session, release);
      return release;
    } catch (error) {
      if (!(error instanceof HoldfastError) || error.name !== 'NothingRecorded') throw error;
      events.warn(
        `nothing is recorded yet, so the image holds no release and no configuration: ${error.message}`,
      );
      return {};
    } finally {
      rmSync(session.layout.running, { force: true });
    }
  });
}

/** Fetches the commits of archives from git too: later releases are a small difference to them. */
async function fillMirrors(session: Session, release: Release): Promise<void> {
  for (const [name, entry] of Object.entries(release)) {
    const repository = session.settings.repositories[name];
    if (isArtifact(entry) || !repository || !isGit(repository)) continue;
    const { branch, commit } = entry;
    await fetchCommit(session, name, repository, {
      repository: name,
      target: { branch, commit },
      prove: false,
    });
  }
}
