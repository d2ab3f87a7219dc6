import { join } from 'node:path';
import type { Objects } from '../../aws/objects.ts';
import { storeKeys } from '../../config/resource-names.ts';
import { HoldfastError } from '../../release/errors.ts';
import { overlayEndings, overlayKeyOf } from '../../release/overlay-key.ts';
import type { Tarball } from '../../release/release.ts';
import type { Session } from '../session/session.ts';
import { type Download, download, invalidTarball } from './tarball.ts';

/** A tarball by its exact name, with its bytes if its digest had to be computed. */
export interface FoundTarball {
  tarball: Tarball;
  download?: Download;
}

/** Attempts of one download. */
const attempts = 3;

/** Downloads exactly the recorded tarball. */
export async function downloadRecorded(
  session: Session,
  what: string,
  name: string,
  tarball: Tarball,
): Promise<Download> {
  return await fetchTarball(session, what, name, tarball.key, tarball.version, tarball.sha256);
}

/** The newest version of a key with its digest: the stated one, otherwise computed from its bytes. */
export async function findTarball(
  session: Session,
  what: string,
  name: string,
  key: string,
): Promise<FoundTarball> {
  const objects = await session.stores.objects(session.settings.bucket);
  const head = await objects.head(key);
  if (!head) throw tarballMissing(session, what, key);
  if (head.sha256) return { tarball: { key, version: head.version, sha256: head.sha256 } };
  const found = await fetchTarball(session, what, name, key, head.version, undefined);
  return { tarball: { key, version: found.version, sha256: found.sha256 }, download: found };
}

/** Key of the overlay that belongs to a commit by convention, or undefined. */
export async function conventionalKey(
  session: Session,
  name: string,
  commit: string,
): Promise<string | undefined> {
  const objects = await session.stores.objects(session.settings.bucket);
  const prefix = storeKeys.overlays(session.settings.service, name);
  return overlayKeyOf(name, await keysOf(objects, `${prefix}${commit}`), prefix, commit);
}

/** A role that may read objects but not list them tries key by key. */
async function keysOf(objects: Objects, stem: string): Promise<string[]> {
  try {
    return await objects.list(`${stem}.tar`);
  } catch (error) {
    if (!(error instanceof HoldfastError) || error.name !== 'AwsFailed') throw error;
    const heads = await Promise.all(overlayEndings.map((ending) => objects.head(`${stem}${ending}`)));
    return heads.filter((head) => head !== undefined).map(({ key }) => key);
  }
}

async function fetchTarball(
  session: Session,
  what: string,
  name: string,
  key: string,
  version: string,
  sha256: string | undefined,
): Promise<Download> {
  const file = join(session.layout.repository(name).work, 'tarball');
  const objects = await session.stores.objects(session.settings.bucket);
  for (let attempt = 1; ; attempt += 1) {
    const object = await objects.stream(key, version);
    if (!object) throw tarballMissing(session, what, key, version);
    try {
      return await download(what, object, file, sha256, session.lock);
    } catch (error) {
      const isBrokenOff = error instanceof HoldfastError && error.name === 'AwsFailed';
      if (!isBrokenOff || attempt >= attempts) throw error;
      session.events.warn(error.message, { repository: name });
    }
  }
}

function tarballMissing({ settings }: Session, what: string, key: string, version?: string): HoldfastError {
  const which = version ? ` in version ${version}` : '';
  return invalidTarball(what, `found no s3://${settings.bucket}/${key}${which}`);
}
