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

/** CloudWatch Logs, as one who writes. */
export interface Logs {
  /** Makes a stream. One that is there already is fine; whether there is such a group, the next `put` tells. */
  create(to: LogStream): Promise<void>;
  /**
   * Adds events, in the order of their times, and gives how many were refused for their time: older than 14 days or than
   * the group keeps them, or hours ahead. `undefined`: there is no such stream or group.
   */
  put(to: LogStream, events: readonly LogEvent[]): Promise<number | undefined>;
}

const missing = ['ResourceNotFoundException'];
const there = ['ResourceAlreadyExistsException'];

/** CloudWatch Logs behind the SDK's client. */
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

/** Too old are the first of a batch, too new its last. */
function refusedOf({ rejectedLogEventsInfo: info }: PutLogEventsCommandOutput, size: number): number {
  const {
    tooOldLogEventEndIndex = 0,
    expiredLogEventEndIndex = 0,
    tooNewLogEventStartIndex = size,
  } = info ?? {};
  return Math.max(tooOldLogEventEndIndex, expiredLogEventEndIndex) + size - tooNewLogEventStartIndex;
}
