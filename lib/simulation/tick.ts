/** Captured before anything is replaced. */
const yieldToEventLoop = setImmediate;

/** One turn of the event loop: runs everything that waits on promises. */
export function tick(): Promise<void> {
  return new Promise((resolve) => {
    yieldToEventLoop(resolve);
  });
}
