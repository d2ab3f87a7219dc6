import type {
  CreateLogGroupRequest,
  CreateLogStreamRequest,
  GetLogEventsRequest,
  GetLogEventsResponse,
  InputLogEvent,
  PutLogEventsRequest,
  PutLogEventsResponse,
  RejectedLogEventsInfo,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Clock } from '../../clock.ts';
import { AwsError } from '../error.ts';
import { checkBatch, isInTime, timeOf } from './limits.ts';

/** Valid names of log streams. */
const streamName = /^[^:*]{1,512}$/;

interface Line {
  timestamp: number;
  message: string;
  ingestionTime: number;
}

/** CloudWatch Logs: groups, their streams, and what was put into them. Nothing expires. */
export class CloudWatchLogs {
  readonly #groups = new Map<string, Map<string, Line[]>>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  createLogGroup({ logGroupName = '' }: CreateLogGroupRequest): Record<string, never> {
    if (this.#groups.has(logGroupName)) throw exists('group');
    this.#groups.set(logGroupName, new Map());
    return {};
  }

  createLogStream({ logGroupName, logStreamName = '' }: CreateLogStreamRequest): Record<string, never> {
    if (!streamName.test(logStreamName))
      throw new AwsError(
        'InvalidParameterException',
        `1 validation error detected: Value '${logStreamName}' at 'logStreamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [^:*]*`,
      );
    const streams = this.#group(logGroupName);
    if (streams.has(logStreamName)) throw exists('stream');
    streams.set(logStreamName, []);
    return {};
  }

  putLogEvents({ logEvents = [], ...of }: PutLogEventsRequest): PutLogEventsResponse {
    const now = this.#clock.now();
    const lines = this.#stream(of);
    checkBatch(logEvents, now);
    for (const event of logEvents) {
      if (isInTime(timeOf(event), now))
        lines.push({ timestamp: timeOf(event), message: event.message ?? '', ingestionTime: now });
    }
    const rejected = rejectedOf(logEvents, now);
    return rejected ? { rejectedLogEventsInfo: rejected } : {};
  }

  /** All events of a stream, oldest first. Pages, limits and ranges of time are not modelled. */
  getLogEvents(input: GetLogEventsRequest): GetLogEventsResponse {
    const events = this.#stream(input).toSorted((a, b) => a.timestamp - b.timestamp);
    return { events, nextForwardToken: 'f/0', nextBackwardToken: 'b/0' };
  }

  #group(name = ''): Map<string, Line[]> {
    const found = this.#groups.get(name);
    if (found) return found;
    throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
  }

  #stream({ logGroupName, logStreamName = '' }: Named): Line[] {
    const found = this.#group(logGroupName).get(logStreamName);
    if (found) return found;
    throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
  }
}

type Named = Pick<GetLogEventsRequest, 'logGroupName' | 'logStreamName'>;

/** Where the events that were taken begin and end among those that were given. */
function rejectedOf(events: readonly InputLogEvent[], now: number): RejectedLogEventsInfo | undefined {
  const isTaken = events.map((event) => isInTime(timeOf(event), now));
  if (!isTaken.includes(false)) return undefined;
  const tooOld = events.filter((event) => timeOf(event) < now && !isInTime(timeOf(event), now)).length;
  const tooNew = events.findIndex((event) => timeOf(event) > now && !isInTime(timeOf(event), now));
  return {
    ...(tooOld > 0 && { tooOldLogEventEndIndex: tooOld }),
    ...(tooNew >= 0 && { tooNewLogEventStartIndex: tooNew }),
  };
}

function exists(what: 'group' | 'stream'): AwsError {
  return new AwsError('ResourceAlreadyExistsException', `The specified log ${what} already exists`);
}
