import { existsSync } from 'node:fs';
import type { InstanceClients } from '../../aws/instance-clients.ts';
import type { Metadata } from '../../aws/metadata.ts';
import type { AgentSettings } from '../../config/agent-settings.ts';
import { primaryRepository } from '../../config/repository.ts';
import { runLine } from '../host/command.ts';
import { type Events, errorOf, type Summary } from '../host/events.ts';
import { writeState } from '../host/state-file.ts';
import { logOf, shipLastLines } from '../log/ship-log.ts';
import { layoutOf } from '../session/layout.ts';
import { completeHook, holdUntil, type LeavingHook } from './terminate-hook.ts';
import { type Notice, readNotice } from './termination-notice.ts';

/** Time that a spot instance keeps for its log after the drain command. Milliseconds. */
const lastMilliseconds = 15_000;

/** Values that leaving uses. */
interface Leaving {
  settings: AgentSettings;
  metadata: Metadata;
  events: Events;
  stores: InstanceClients;
}

/**
 * Prepares an instance for its end: runs the service's drain command, waits until the load balancer has released the
 * instance, ships the end of its log, and lets its group continue. The service keeps answering meanwhile. A second
 * run resumes. A failed drain command is reported and delays nothing.
 */
export async function leave(leaving: Leaving): Promise<Omit<Summary, 'phases'>> {
  const { settings, metadata, events, stores } = leaving;
  const notice = await readNotice(metadata, Date.now());
  if (!notice) return { result: 'unchanged', release: {} };
  events.tell('leaving', { reason: notice.reason });
  const drained = drain(leaving, notice);
  const hook = await hookOf(leaving, notice);
  const isHeld = hook && (await events.phase('let go', undefined, () => holdUntil(hook, drained)));
  const error = await drained;
  const log = logOf(settings, stores, events);
  if (log) await shipLastLines(log);
  if (isHeld) await completeHook(hook);
  return { result: 'left', release: {}, ...(error ? { error } : {}) };
}

/** Runs the drain command once. Returns its error. */
async function drain({ settings, events }: Leaving, notice: Notice): Promise<Summary['error']> {
  const layout = layoutOf(settings.root);
  if (!settings.drain || existsSync(layout.drained)) return undefined;
  const { command: line, deadlineSeconds } = settings.drain;
  const { current } = layout.repository(primaryRepository(settings.repositories, settings.configuration));
  const work = {
    what: 'drain',
    line,
    cwd: existsSync(current) ? current : layout.root,
    log: layout.drainLog,
    seconds: Math.min(deadlineSeconds, secondsLeft(notice)),
  };
  try {
    await events.phase('drain', undefined, () => runLine(work));
    return undefined;
  } catch (thrown) {
    const error = errorOf(thrown);
    events.tell('failed', { part: 'drain', error });
    return error;
  } finally {
    writeState(layout.drained, { at: new Date().toISOString() });
  }
}

function secondsLeft({ endsAt }: Notice): number {
  if (endsAt === undefined) return Number.POSITIVE_INFINITY;
  return Math.max(1, (endsAt - Date.now() - lastMilliseconds) / 1000);
}

/** The terminate hook of this instance; undefined: it has no group, or no time for it. */
async function hookOf(
  { settings, stores, events }: Leaving,
  { endsAt }: Notice,
): Promise<LeavingHook | undefined> {
  const { id, group, terminateHookSeconds } = settings.instance ?? {};
  if (id === undefined || group === undefined || endsAt !== undefined) return undefined;
  return { lifecycle: await stores.lifecycle(), group, instance: id, seconds: terminateHookSeconds, events };
}
