import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import * as z from 'zod';
import type { Commands } from '../../config/provision.ts';
import { HoldfastError } from '../../release/errors.ts';
import { runLine } from '../host/command.ts';
import { homeFolder } from '../host/home.ts';
import { run } from '../host/run.ts';
import { readState, writeState } from '../host/state-file.ts';
import { currentId } from '../releases/release-notes.ts';
import { minionIdOf } from '../session/minion-id.ts';
import type { Session } from '../session/session.ts';
import { guardMetadata } from '../systemd/metadata-guard.ts';
import { hasSystemd } from '../systemd/systemd.ts';
import { installProgram, isOnPath } from './install.ts';
import { type Job, provisionFailed } from './job.ts';
import { applyTree, provisionerOf, type ToolSettings } from './provisioner.ts';

const noteSchema = z.strictObject({
  /**
   * Directory of the configuration's release that was completely applied last; left out: one may be partly applied.
   */
  release: z.string().optional(),
  /** Digest of the settings it was applied with. */
  means: z.string(),
  /** Digest of the install line that ran. */
  installed: z.string().optional(),
});

/** Whether this machine is in its role. */
export function isInRole(session: Session): boolean {
  const { provision, configuration } = session.settings;
  if (!provision || configuration === undefined) return true;
  const id = currentId(session.layout.repository(configuration));
  return id !== undefined && isProvisioned(session, id);
}

/** Whether this release of the configuration was applied last, with these settings. */
export function isProvisioned(session: Session, id: string): boolean {
  const note = noteOf(session);
  return note?.release === id && note.means === meansOf(session);
}

/** Applies a release of the configuration, unless it was applied last. */
export async function provision(session: Session, repository: string, id: string): Promise<void> {
  const { provision: how } = session.settings;
  if (!how || isProvisioned(session, id)) return;
  const job = startJob(session, session.layout.repository(repository).release(id), how.timeoutSeconds);
  note(session, {});
  if (how.tool === 'commands') await followLines(session, job, how);
  else {
    await ensureProgram(session, job, how);
    await session.events.phase('provision', repository, () => applyTree(job, how));
  }
  rmSync(job.work, { recursive: true, force: true });
  await letUsersIn(session);
  note(session, { release: id });
}

/** The configuration may have made users who may ask the metadata service. */
async function letUsersIn({ settings, events }: Session): Promise<void> {
  if (!settings.instance || typeof settings.metadata !== 'object') return;
  await guardMetadata(settings.metadata, homeFolder(), events);
}

function startJob(session: Session, tree: string, seconds: number): Job {
  const { provisionWork: work, provisionLog: log } = session.layout;
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true, mode: 0o700 });
  const { role } = session.settings;
  return { tree, role, minionId: minionIdOf(session.settings), work, log, seconds, lock: session.lock };
}

/** Installs the program of a tool if it is missing, and disables a needless service of its package. */
async function ensureProgram(session: Session, job: Job, settings: ToolSettings): Promise<void> {
  const { program, needlessService } = provisionerOf(settings);
  if (isOnPath(program)) return;
  await session.events.phase('install', undefined, () => installProgram(program, settings.install, job));
  if (needlessService === undefined || !hasSystemd('/')) return;
  await run('systemctl', ['disable', '--now', '--quiet', needlessService], { env: process.env, seconds: 60 });
}

/** Runs the install line if it changed or never succeeded, then the apply line. */
async function followLines(session: Session, job: Job, { install, apply }: Commands): Promise<void> {
  if (install !== undefined && noteOf(session)?.installed !== digestOf(install)) {
    await session.events.phase('install', undefined, () => follow(job, 'install', install));
    note(session, { installed: digestOf(install) });
  }
  await session.events.phase('provision', session.settings.configuration, () => follow(job, 'apply', apply));
}

async function follow(
  { tree, log, seconds, role, minionId }: Job,
  what: string,
  line: string,
): Promise<void> {
  const environment = { ROLE: role, MINION_ID: minionId };
  try {
    await runLine({ what: `provision.${what}`, line, cwd: tree, log, seconds, environment });
  } catch (cause) {
    if (cause instanceof HoldfastError) throw provisionFailed(cause.message, undefined, cause);
    throw cause;
  }
}

/** Keeps the note of what was installed. */
function note(session: Session, what: Pick<z.infer<typeof noteSchema>, 'release' | 'installed'>): void {
  const installed = what.installed ?? noteOf(session)?.installed;
  writeState(session.layout.provisioned, {
    ...what,
    means: meansOf(session),
    ...(installed === undefined ? {} : { installed }),
  });
}

const noteOf = ({ layout }: Session) => readState(layout.provisioned, noteSchema);

/** Leaves out the instance id, so that a baked configuration is not applied again. */
function meansOf({ settings: { provision, environment, service, role } }: Session): string {
  return digestOf(JSON.stringify({ provision, environment, service, role }));
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
