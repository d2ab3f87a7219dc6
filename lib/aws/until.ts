import { setTimeout as sleep } from 'node:timers/promises';

/** Longest pause between two questions. */
const mostMilliseconds = 2_000;

/** Asks until there is an answer or the seconds are over; the pauses grow and are jittered. At least one question. */
export async function until<T>(seconds: number, ask: () => Promise<T | undefined>): Promise<T | undefined> {
  const deadline = performance.now() + seconds * 1000;
  for (let pause = 100; ; pause = Math.min(pause * 2, mostMilliseconds)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    const wait = pause * (0.5 + Math.random() / 2);
    if (performance.now() + wait > deadline) return undefined;
    await sleep(wait);
  }
}
