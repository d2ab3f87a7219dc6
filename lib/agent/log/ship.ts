import type { LogEvent, LogStream, Logs } from '../../aws/logs.ts';
import { HoldfastError, messageOf } from '../../release/errors.ts';
import type { Events } from '../host/events.ts';
import { Batch } from './batch.ts';
import type { Entry } from './entry.ts';
import { readJournal } from './journal.ts';
import { readCursor, writeCursor } from './place.ts';

/** Limit of calls in one run. The next run continues. */
const mostBatches = 128;

/** Source and destination of a shipment. */
export interface Shipment {
  /** Takes the place of `/`. */
  home: string;
  to: LogStream;
  /** Created when there is something to ship. */
  logs: () => Promise<Logs>;
  events: Events;
  /** Ends the run. The next run continues. */
  stop: AbortSignal;
}

/**
 * Ships journal entries since the last run. The position is saved after each call, so a killed run repeats at most
 * one.
 */
export async function ship(shipment: Shipment): Promise<void> {
  const { home, stop } = shipment;
  let batch = new Batch();
  let cursor: string | undefined;
  let batches = 0;
  const send = async () => {
    if (!batch.isEmpty) await putEvents(shipment, batch.events);
    if (cursor !== undefined) writeCursor(home, cursor);
    batch = new Batch();
    batches += 1;
  };
  for await (const entry of readNewEntries(shipment)) {
    if (entry.event && !batch.add(entry.event)) {
      await send();
      if (batches === mostBatches || stop.aborted) return;
      batch.add(entry.event);
    }
    cursor = entry.cursor;
  }
  await send();
}

/** An unreadable cursor says nothing, so everything of this boot is new. */
async function* readNewEntries({ home, events, stop }: Shipment): AsyncGenerator<Entry> {
  const cursor = readCursor(home);
  let isReadable = cursor === undefined;
  try {
    for await (const entry of readJournal(cursor, stop)) {
      isReadable = true;
      yield entry;
    }
  } catch (error) {
    if (isReadable) throw error;
    events.warn(`the log position was lost, so the log of this boot is shipped again: ${messageOf(error)}`);
    yield* readJournal(undefined, stop);
  }
}

async function putEvents({ logs: open, to, events }: Shipment, lines: LogEvent[]): Promise<void> {
  const logs = await open();
  const refused = (await logs.put(to, lines)) ?? (await putIntoNew(logs, to, lines));
  if (refused > 0)
    events.warn(
      `CloudWatch refused ${refused} log lines: they are older than 14 days or more than 2 hours in the future`,
    );
}

async function putIntoNew(logs: Logs, to: LogStream, lines: LogEvent[]): Promise<number> {
  await logs.create(to);
  const refused = await logs.put(to, lines);
  if (refused !== undefined) return refused;
  throw new HoldfastError(
    'AwsFailed',
    `found no log group ${to.group}; deploy the stack of the service, which makes it`,
  );
}
