import { arn } from '../../model/arns.ts';
import type { Account } from '../account.ts';
import { onEach, type RequiredPermission } from '../required-permission.ts';

interface Named {
  logGroupName?: string;
  logStreamName?: string;
}

function onStream(action: string) {
  return ({ logGroupName = '', logStreamName = '' }: Named, { place }: Account): RequiredPermission[] =>
    onEach(action, [arn.logStream(place, logGroupName, logStreamName)]);
}

/** CloudWatch Logs. The right to create a stream is checked against its future name. */
export const logPermissions = {
  CreateLogStream: onStream('logs:CreateLogStream'),
  PutLogEvents: onStream('logs:PutLogEvents'),
};
