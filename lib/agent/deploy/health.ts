import { get as getHttp } from 'node:http';
import { get as getHttps } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';

/** Longest that one answer may take, and pauses between questions; the pauses grow. Milliseconds. */
const answerMilliseconds = 5_000;
const firstPause = 50;
const mostPause = 1_000;

export interface Health {
  url: string;
  timeoutSeconds: number;
}

/** Asks until the answer is 200 or time is up. Gives undefined, or what was found last. */
export async function waitForHealth({ url, timeoutSeconds }: Health): Promise<string | undefined> {
  const deadline = performance.now() + timeoutSeconds * 1000;
  let found = 'no answer';
  for (let pause = firstPause; ; pause = Math.min(pause * 1.5, mostPause)) {
    const left = deadline - performance.now();
    if (left <= 0) return found;
    const answer = await probe(url, Math.min(left, answerMilliseconds));
    if (answer === 200) return undefined;
    // That the last question got no answer in what was left of the time says nothing.
    if (answer !== undefined) found = `status ${answer}`;
    else if (left >= answerMilliseconds) found = 'no answer';
    await sleep(Math.max(0, Math.min(pause, deadline - performance.now())));
  }
}

/** One GET on a connection of its own; the status, or undefined when nothing answered in time. */
function probe(url: string, milliseconds: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const get = url.startsWith('https:') ? getHttps : getHttp;
    const options = {
      agent: false,
      signal: AbortSignal.timeout(Math.max(1, Math.ceil(milliseconds))),
      headers: { 'user-agent': 'holdfast-agent' },
    } as const;
    const request = get(url, options, (response) => {
      resolve(response.statusCode);
      response.on('error', () => undefined).resume();
    });
    request.on('error', () => resolve(undefined));
  });
}
