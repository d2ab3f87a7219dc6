import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ObjectStream } from '../../aws/objects.ts';
import { storeKeys } from '../../config/resource-names.ts';
import type { CommitInfo } from '../../release/commit-info.ts';
import { messageOf } from '../../release/errors.ts';
import { roomAt } from '../host/space.ts';
import type { Session } from '../session/session.ts';
import { ArchiveCheck } from './archive-check.ts';
import { BrokenOff, receive } from './receive.ts';
import { Rejection } from './rejection.ts';
import { TreeWriter } from './tree-writer.ts';

/** The tree of a commit on this machine, proven by its hashes. */
export interface ArchivedTree {
  folder: string;
  info: CommitInfo;
}

/** The tree, or why there is none. */
export type DownloadedArchive = { tree: ArchivedTree } | { because: string };

const attempts = 2;
/** Longest wait for the store's first answer, since git can stand in. Milliseconds. */
const answerMilliseconds = 10_000;

/** Looks for a commit's archive and unpacks it. Never throws: whatever is wrong, git has the commit too. */
export async function downloadArchive(
  session: Session,
  name: string,
  commit: string,
  stop?: AbortSignal,
): Promise<DownloadedArchive> {
  const taken = await session.events.phase('archive', name, () => attempt(session, name, commit, stop, 1));
  if ('tree' in taken) session.events.tell('archive', { repository: name, commit, result: 'taken' });
  return taken;
}

async function attempt(
  session: Session,
  name: string,
  commit: string,
  stop: AbortSignal | undefined,
  number: number,
): Promise<DownloadedArchive> {
  const folder = join(session.layout.repository(name).work, 'archive');
  const writer = new TreeWriter(folder);
  try {
    const object = await ask(session, name, commit);
    if (!object) return decline(session, name, commit, 'there is none');
    mkdirSync(folder, { recursive: true });
    // The overlay beside it needs room too, and an archive that is none must not take it.
    const room = Math.floor(roomAt(folder).bytes / 2);
    const reception = { room, ...(stop ? { stop } : {}) };
    const { info } = await receive(object, new ArchiveCheck(commit, writer), reception);
    return { tree: { folder, info } };
  } catch (error) {
    writer.close();
    rmSync(folder, { recursive: true, force: true });
    if (stop?.aborted) return decline(session, name, commit, 'git was faster');
    if (error instanceof BrokenOff && number < attempts)
      return await attempt(session, name, commit, stop, number + 1);
    if (error instanceof Rejection && error.isSuspect) return warn(session, name, commit, error.message);
    return decline(session, name, commit, messageOf(error));
  }
}

function decline(session: Session, repository: string, commit: string, because: string): DownloadedArchive {
  session.events.tell('archive', { repository, commit, result: 'not used', because });
  return { because: `its archive: ${because}` };
}

/** Warns of an archive whose content does not match its commit. */
function warn(session: Session, repository: string, commit: string, problem: string): DownloadedArchive {
  const key = storeKeys.archive(session.settings.service, repository, commit);
  const message = `archive s3://${session.settings.bucket}/${key} is damaged or forged: ${problem}; it was not used, delete it`;
  session.events.warn(message, { repository });
  return { because: message };
}

async function ask(session: Session, name: string, commit: string): Promise<ObjectStream | undefined> {
  const { bucket, service } = session.settings;
  const objects = await session.stores.objects(bucket);
  const asked = objects.stream(storeKeys.archive(service, name, commit));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new Error(`the store did not answer within ${answerMilliseconds / 1000} seconds`);
    timer = setTimeout(() => {
      asked.then((object) => object?.body.destroy()).catch(() => undefined);
      reject(error);
    }, answerMilliseconds);
  });
  return await Promise.race([asked, late]).finally(() => clearTimeout(timer));
}
