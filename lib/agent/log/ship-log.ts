import type { InstanceClients } from '../../aws/instance-clients.ts';
import type { AgentSettings } from '../../config/agent-settings.ts';
import { logGroupName } from '../../config/resource-names.ts';
import { HoldfastError, messageOf } from '../../release/errors.ts';
import type { Events } from '../host/events.ts';
import { homeFolder } from '../host/home.ts';
import { takeLock } from '../session/lock.ts';
import { hasSystemd } from '../systemd/systemd.ts';
import { syncJournal } from './journal.ts';
import { logLock } from './place.ts';
import { ship } from './ship.ts';

/** Time limit of one run of the timer. Seconds. */
export const shipSeconds = 60;
/** Time limit of shipping the last lines, while something else waits. Seconds. */
const lastSeconds = 10;

/** Source and destination of a log. */
export interface LogOf {
  environment: string;
  service: string;
  /** Instance id: the name of the stream. */
  instance: string;
  /** Takes the place of `/`. */
  home: string;
  stores: Pick<InstanceClients, 'logs'>;
  events: Events;
}

/** The log of the machine with these settings; undefined: it is no EC2 instance and has no log in CloudWatch. */
export function logOf(
  { environment, service, instance }: AgentSettings,
  stores: Pick<InstanceClients, 'logs'>,
  events: Events,
): LogOf | undefined {
  if (!instance) return undefined;
  const home = homeFolder();
  return { environment, service, instance: instance.id, home, stores, events };
}

/**
 * Ships new entries of this machine's journal. Throws AwsFailed or BootstrapFailed if that fails or takes too long.
 */
export async function shipLog(log: LogOf, seconds = shipSeconds): Promise<void> {
  const { home, environment, service, instance, stores, events } = log;
  if (!hasSystemd(home)) {
    events.tell('no journal', { because: 'found no systemd: the log of this machine is not shipped' });
    return;
  }
  await finishWithin(seconds, async (stop) => {
    const lock = await takeLock(logLock(home), events, seconds);
    try {
      const to = { group: logGroupName(environment, service), stream: instance };
      await ship({ home, to, logs: () => stores.logs(), events, stop });
    } finally {
      lock.release();
    }
  });
}

/** Ships all entries up to now. A failure is only a warning and delays nothing. */
export async function shipLastLines(log: LogOf): Promise<void> {
  try {
    if (hasSystemd(log.home)) await syncJournal();
    await shipLog(log, lastSeconds);
  } catch (error) {
    log.events.warn(`the last lines of the log could not be shipped: ${messageOf(error)}`);
  }
}

/** Gives up on work that exceeds its time, and tells the work so. */
async function finishWithin(seconds: number, work: (stop: AbortSignal) => Promise<void>): Promise<void> {
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      stop.abort();
      reject(new HoldfastError('AwsFailed', `CloudWatch did not take the log within ${seconds} seconds`));
    }, seconds * 1000);
  });
  const working = work(stop.signal);
  // Nobody awaits work that ends after its time.
  working.catch(() => undefined);
  await Promise.race([working, late]).finally(() => clearTimeout(timer));
}
