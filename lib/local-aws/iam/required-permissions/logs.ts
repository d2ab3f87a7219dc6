import { arn } from '../../model/arns.ts';
import type { Account } from '../account.ts';
import { type Need, onEach } from '../required-permission.ts';

interface Named {
  logGroupName?: string;
  logStreamName?: string;
}

function onStream(action: string) {
  return ({ logGroupName = '', logStreamName = '' }: Named, { place }: Account): Need[] =>
    onEach(action, [arn.logStream(place, logGroupName, logStreamName)]);
}

/** CloudWatch Logs. A stream that is made is asked for by the name that it will have. */
export const logNeeds = {
  CreateLogStream: onStream('logs:CreateLogStream'),
  PutLogEvents: onStream('logs:PutLogEvents'),
};
