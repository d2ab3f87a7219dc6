import { getStatus } from '../../http/get-status.ts';
import { growingPauses } from '../../waiting/pauses.ts';
import { poll } from '../../waiting/poll.ts';

/** Longest that one answer may take. Milliseconds. */
const answerMilliseconds = 5_000;
const pauses = { first: 50, most: 1_000, factor: 1.5 };

export interface Health {
  url: string;
  timeoutSeconds: number;
}

/** Asks until the answer is 200 or time is up. Gives undefined, or what was found last. */
export async function waitForHealth({ url, timeoutSeconds }: Health): Promise<string | undefined> {
  const deadline = performance.now() + timeoutSeconds * 1000;
  let found = 'no answer';
  const look = async () => {
    const left = deadline - performance.now();
    if (left <= 0) return undefined;
    const milliseconds = Math.min(left, answerMilliseconds);
    const status = await getStatus(url, { milliseconds, userAgent: 'holdfast-agent' });
    if (status === 200) return true;
    // That the last question got no answer in what was left of the time says nothing.
    if (status !== undefined) found = `status ${status}`;
    else if (left >= answerMilliseconds) found = 'no answer';
    return undefined;
  };
  const isHealthy = await poll(look, growingPauses({ seconds: timeoutSeconds, ...pauses }));
  return isHealthy ? undefined : found;
}
