import {
  type CloudWatchLogsClient,
  CreateLogStreamCommand,
  PutLogEventsCommand,
  type PutLogEventsCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';
import { callUnless } from './call.ts';

export { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';

/** One stream of a log group. */
export interface LogStream {
  group: string;
  stream: string;
}

/** One line of a log. */
export interface LogEvent {
  /** Milliseconds since the epoch. */
  timestamp: number;
  message: string;
}

/** CloudWatch Logs, for writing. */
export interface Logs {
  /** Creates a stream. An existing one is fine; the next `put` tells whether the group exists. */
  create(to: LogStream): Promise<void>;
  /**
   * Adds events, ordered by time, and returns how many were refused for their time: older than 14 days or than the
   * group's retention, or hours in the future. `undefined`: there is no such stream or group.
   */
  put(to: LogStream, events: readonly LogEvent[]): Promise<number | undefined>;
}

const missing = ['ResourceNotFoundException'];
const there = ['ResourceAlreadyExistsException'];

/** CloudWatch Logs through the SDK's client. */
export function cloudWatchLogs(client: CloudWatchLogsClient): Logs {
  const names = ({ group, stream }: LogStream) => ({ logGroupName: group, logStreamName: stream });
  return {
    async create(to) {
      const command = new CreateLogStreamCommand(names(to));
      const what = `could not make stream ${to.stream} of log group ${to.group}`;
      await callUnless([...missing, ...there], what, () => client.send(command));
    },
    async put(to, events) {
      const command = new PutLogEventsCommand({ ...names(to), logEvents: [...events] });
      const what = `could not write to stream ${to.stream} of log group ${to.group}`;
      const answer = await callUnless(missing, what, () => client.send(command));
      return answer && refusedOf(answer, events.length);
    },
  };
}

/** Events at the start of a batch may be too old, events at its end too new. */
function refusedOf({ rejectedLogEventsInfo: info }: PutLogEventsCommandOutput, size: number): number {
  const {
    tooOldLogEventEndIndex = 0,
    expiredLogEventEndIndex = 0,
    tooNewLogEventStartIndex = size,
  } = info ?? {};
  return Math.max(tooOldLogEventEndIndex, expiredLogEventEndIndex) + size - tooNewLogEventStartIndex;
}
