import type { InputLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import { AwsError } from '../error.ts';

/** Limit of one PutLogEvents. */
const mostEvents = 10_000;
const mostBytes = 1_048_576;
/** Bytes that each event counts besides its message. */
const overhead = 26;
const hour = 3_600_000;
const mostSpan = 24 * hour;
const mostAge = 14 * 24 * hour;
const mostAhead = 2 * hour;

/** Refuses a batch that CloudWatch Logs would refuse as a whole. */
export function checkBatch(events: readonly InputLogEvent[], now: number): void {
  if (events.length === 0 || events.length > mostEvents)
    throw invalidParameter(
      `1 validation error detected: Value at 'logEvents' failed to satisfy constraint: Member must have length between 1 and ${mostEvents}`,
    );
  if (events.some(({ message }) => !message))
    throw invalidParameter("Value at 'logEvents' failed to satisfy constraint: Member must have a message");
  const bytes = events.reduce((sum, { message = '' }) => sum + Buffer.byteLength(message) + overhead, 0);
  if (bytes > mostBytes)
    throw invalidParameter(`Upload too large: ${bytes} bytes exceeds limit of ${mostBytes}`);
  const times = events.map(timeOf);
  if (times.some((time, index) => index > 0 && time < (times[index - 1] ?? time)))
    throw invalidParameter('Log events in a single PutLogEvents request must be in chronological order.');
  const valid = times.filter((time) => isInTime(time, now));
  if ((valid.at(-1) ?? 0) - (valid[0] ?? 0) > mostSpan)
    throw invalidParameter(
      'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.',
    );
}

/** Whether CloudWatch Logs takes an event of this time: no older than 14 days, no more than 2 hours ahead. */
export function isInTime(time: number, now: number): boolean {
  return time >= now - mostAge && time <= now + mostAhead;
}

/** Milliseconds since the epoch. */
export function timeOf({ timestamp = 0 }: InputLogEvent): number {
  return timestamp;
}

function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}
