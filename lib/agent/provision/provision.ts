import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import * as z from 'zod';
import type { Commands } from '../../config/provision.ts';
import { HoldfastError } from '../../release/errors.ts';
import { runLine } from '../host/command.ts';
import { run } from '../host/run.ts';
import { readState, writeState } from '../host/state-file.ts';
import { currentId } from '../releases/release-notes.ts';
import { minionIdOf } from '../session/minion-id.ts';
import type { Desk } from '../session/session.ts';
import { hasSystemd } from '../systemd/systemd.ts';
import { installProgram, isOnPath } from './install.ts';
import { type Job, provisionFailed } from './job.ts';
import { applyTree, provisionerOf, type ToolSettings } from './provisioner.ts';

const noteSchema = z.strictObject({
  /** Directory of the configuration's release that was applied last, whole; left out: part of one may be applied. */
  release: z.string().optional(),
  /** Digest of what it was applied with and for. */
  means: z.string(),
  /** Digest of the install line that ran. */
  installed: z.string().optional(),
});

/** Whether nothing is left to do for this machine's role. */
export function isInRole(desk: Desk): boolean {
  const { provision, configuration } = desk.settings;
  if (!provision || configuration === undefined) return true;
  const id = currentId(desk.layout.repository(configuration));
  return id !== undefined && isProvisioned(desk, id);
}

/** Whether a release of the configuration was the last to be applied, with these settings. */
export function isProvisioned(desk: Desk, id: string): boolean {
  const note = noteOf(desk);
  return note?.release === id && note.means === meansOf(desk);
}

/** Applies a release of the configuration, unless it was the last that was. */
export async function provision(desk: Desk, repository: string, id: string): Promise<void> {
  const { provision: how } = desk.settings;
  if (!how || isProvisioned(desk, id)) return;
  const job = startJob(desk, desk.layout.repository(repository).release(id), how.timeoutSeconds);
  note(desk, {});
  if (how.tool === 'commands') await followLines(desk, job, how);
  else {
    await ensureProgram(desk, job, how);
    await desk.events.phase('provision', repository, () => applyTree(job, how));
  }
  rmSync(job.work, { recursive: true, force: true });
  note(desk, { release: id });
}

function startJob(desk: Desk, tree: string, seconds: number): Job {
  const { provisionWork: work, provisionLog: log } = desk.layout;
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true, mode: 0o700 });
  const { role } = desk.settings;
  return { tree, role, minionId: minionIdOf(desk.settings), work, log, seconds, lock: desk.lock };
}

/** Installs the program of a tool where it is missing; a service that comes with it and that nothing needs is ended. */
async function ensureProgram(desk: Desk, job: Job, settings: ToolSettings): Promise<void> {
  const { program, needlessService } = provisionerOf(settings);
  if (isOnPath(program)) return;
  await desk.events.phase('install', undefined, () => installProgram(program, settings.install, job));
  if (needlessService === undefined || !hasSystemd('/')) return;
  await run('systemctl', ['disable', '--now', '--quiet', needlessService], { env: process.env, seconds: 60 });
}

/** Runs the install line when it changed or never succeeded, then the apply line. */
async function followLines(desk: Desk, job: Job, { install, apply }: Commands): Promise<void> {
  if (install !== undefined && noteOf(desk)?.installed !== digestOf(install)) {
    await desk.events.phase('install', undefined, () => follow(job, 'install', install));
    note(desk, { installed: digestOf(install) });
  }
  await desk.events.phase('provision', desk.settings.configuration, () => follow(job, 'apply', apply));
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

/** What was installed stays noted. */
function note(desk: Desk, what: Pick<z.infer<typeof noteSchema>, 'release' | 'installed'>): void {
  const installed = what.installed ?? noteOf(desk)?.installed;
  writeState(desk.layout.provisioned, {
    ...what,
    means: meansOf(desk),
    ...(installed === undefined ? {} : { installed }),
  });
}

const noteOf = ({ layout }: Desk) => readState(layout.provisioned, noteSchema);

/** The instance's own id is not part of it: what an image was baked with is not applied again. */
function meansOf({ settings: { provision, environment, service, role } }: Desk): string {
  return digestOf(JSON.stringify({ provision, environment, service, role }));
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
