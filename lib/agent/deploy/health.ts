import { getStatus } from '../../http/get-status.ts';
import { growingPauses } from '../../waiting/pauses.ts';
import { poll } from '../../waiting/poll.ts';

/** Longest time for one answer. Milliseconds. */
const answerMilliseconds = 5_000;
const pauses = { first: 50, most: 1_000, factor: 1.5 };

export interface Health {
  url: string;
  timeoutSeconds: number;
}

/** Polls until the answer is 200 or time is up. Returns undefined, or the last finding. */
export async function waitForHealth({ url, timeoutSeconds }: Health): Promise<string | undefined> {
  const deadline = performance.now() + timeoutSeconds * 1000;
  let found = 'no answer';
  const look = async () => {
    const left = deadline - performance.now();
    if (left <= 0) return undefined;
    const milliseconds = Math.min(left, answerMilliseconds);
    const status = await getStatus(url, { milliseconds, userAgent: 'holdfast-agent' });
    if (status === 200) return true;
    // A last question that ran out of time says nothing.
    if (status !== undefined) found = `status ${status}`;
    else if (left >= answerMilliseconds) found = 'no answer';
    return undefined;
  };
  const isHealthy = await poll(look, growingPauses({ seconds: timeoutSeconds, ...pauses }));
  return isHealthy ? undefined : found;
}
