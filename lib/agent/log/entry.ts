import type { LogEvent } from '../../aws/logs.ts';

/** One entry of the journal. */
export interface Entry {
  /** Position in the journal after this entry. */
  cursor: string;
  /** Left out: nothing that anybody would look for. */
  event?: LogEvent;
}

/** A field is text; bytes that are not text are an array of numbers, several values of one name an array of them. */
type Value = string | null | readonly (number | Value)[];
type Fields = Readonly<Record<string, Value | undefined>>;

/** Fields that an entry is made from, besides those that every entry has. */
export const fields = ['MESSAGE', 'SYSLOG_IDENTIFIER', '_COMM', 'SYSLOG_PID', '_PID', '_TRANSPORT'];

/** The note that the log shipping unit ran. Shipping it would cause the next one. */
const ownRun = 'unit=holdfast-log ';

/** Parses a line of journalctl's JSON; undefined: it is not an entry. */
export function parseEntry(line: string): Entry | undefined {
  const found = parseLine(line);
  const { __CURSOR: cursor, __REALTIME_TIMESTAMP: microseconds } = found ?? {};
  if (!found || typeof cursor !== 'string') return undefined;
  const message = textOf(found.MESSAGE);
  if (message.includes(ownRun) && textOf(found._TRANSPORT) === 'audit') return { cursor };
  const timestamp = Math.floor(Number(textOf(microseconds)) / 1000);
  return { cursor, event: { timestamp, message: `${writer(found)}: ${message}` } };
}

/** `name[123]`, as journalctl shows it. */
function writer({ SYSLOG_IDENTIFIER, _COMM, SYSLOG_PID, _PID }: Fields): string {
  const name = textOf(SYSLOG_IDENTIFIER) || textOf(_COMM) || 'unknown';
  const pid = textOf(SYSLOG_PID) || textOf(_PID);
  return pid ? `${name}[${pid}]` : name;
}

function textOf(value: Value | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  const bytes = value.filter((each) => typeof each === 'number');
  if (bytes.length > 0 && bytes.length === value.length) return Buffer.from(bytes).toString();
  return value.map((each) => (typeof each === 'number' ? '' : textOf(each))).join(' ');
}

function parseLine(line: string): Fields | undefined {
  try {
    return JSON.parse(line) as Fields;
  } catch {
    return undefined;
  }
}
