import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ObjectStream } from '../../aws/objects.ts';
import { storeKeys } from '../../config/resource-names.ts';
import type { CommitInfo } from '../../release/commit-info.ts';
import { messageOf } from '../../release/errors.ts';
import type { Desk } from '../session/session.ts';
import { ArchiveCheck } from './archive-check.ts';
import { BrokenOff, receive } from './receive.ts';
import { Refusal } from './rejection.ts';
import { TreeWriter } from './tree-writer.ts';

/** A commit's tree on this machine, proven by its hashes. */
export interface ArchivedTree {
  folder: string;
  info: CommitInfo;
}

/** The tree, or why there is none. */
export type Taken = { tree: ArchivedTree } | { because: string };

const attempts = 2;
/** Longest wait for the store's first answer: git stands by. Milliseconds. */
const answerMilliseconds = 10_000;

/** Looks for a commit's archive and unpacks it. Never throws: whatever is wrong, git has the commit too. */
export async function takeArchive(desk: Desk, name: string, commit: string): Promise<Taken> {
  const taken = await desk.events.phase('archive', name, () => attempt(desk, name, commit, 1));
  if ('tree' in taken) desk.events.tell('archive', { repository: name, commit, result: 'taken' });
  return taken;
}

async function attempt(desk: Desk, name: string, commit: string, number: number): Promise<Taken> {
  const folder = join(desk.layout.repository(name).work, 'archive');
  const writer = new TreeWriter(folder);
  try {
    const object = await ask(desk, name, commit);
    if (!object) return decline(desk, name, commit, 'there is none');
    mkdirSync(folder, { recursive: true });
    const { info } = await receive(object, new ArchiveCheck(commit, writer), desk.lock);
    return { tree: { folder, info } };
  } catch (error) {
    writer.close();
    rmSync(folder, { recursive: true, force: true });
    if (error instanceof BrokenOff && number < attempts) return await attempt(desk, name, commit, number + 1);
    if (error instanceof Refusal && error.isSuspect) return warn(desk, name, commit, error.message);
    return decline(desk, name, commit, messageOf(error));
  }
}

function decline(desk: Desk, repository: string, commit: string, because: string): Taken {
  desk.events.tell('archive', { repository, commit, result: 'not used', because });
  return { because: `its archive: ${because}` };
}

/** An archive that is not what it says it is. */
function warn(desk: Desk, repository: string, commit: string, problem: string): Taken {
  const key = storeKeys.archive(desk.settings.service, repository, commit);
  const message = `archive s3://${desk.settings.bucket}/${key} is damaged or forged: ${problem}; it was not used, delete it`;
  desk.events.warn(message, { repository });
  return { because: message };
}

async function ask(desk: Desk, name: string, commit: string): Promise<ObjectStream | undefined> {
  const { bucket, service } = desk.settings;
  const objects = await desk.stores.objects(bucket);
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
