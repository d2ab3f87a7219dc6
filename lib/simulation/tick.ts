/** Taken before anything is replaced. */
const yieldToEventLoop = setImmediate;

/** One turn of the event loop: lets everything that waits on promises run. */
export function tick(): Promise<void> {
  return new Promise((resolve) => {
    yieldToEventLoop(resolve);
  });
}
