import { logGroupName } from '../../../lib/config/resource-names.ts';
import { AwsError } from '../../../lib/local-aws/model/error.ts';
import type { Stage } from './stage.ts';

/** What CloudWatch has of a machine. */
export function shipped({ environment: { world, name, service } }: Stage, instance: string): string[] {
  try {
    const names = { logGroupName: logGroupName(name, service), logStreamName: instance };
    const { events = [] } = world.logs.getLogEvents(names);
    return events.map(({ message = '' }) => message);
  } catch (error) {
    if (error instanceof AwsError) return [];
    throw error;
  }
}

/** Waits for a line of a machine's log in CloudWatch. */
export async function line(stage: Stage, instance: string, pattern: RegExp): Promise<string> {
  const look = () => shipped(stage, instance).find((each) => pattern.test(each));
  return await stage.waitFor(`the line ${pattern}`, look, { show: [instance] });
}
