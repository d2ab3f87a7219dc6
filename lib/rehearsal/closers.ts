import { messageOf } from '../release/errors.ts';

/** What has to be ended, in the opposite order of its start. */
export class Closers {
  readonly #stack = new AsyncDisposableStack();
  #closing: Promise<void> | undefined;

  /** What is added after the end ends at once: an interrupted start may still be under way. */
  add(close: () => unknown): void {
    const end = async () => void (await close());
    if (this.#stack.disposed) void end().catch(() => undefined);
    else this.#stack.defer(end);
  }

  /** Ends everything, also when one of them fails; throws what failed. Twice is fine. */
  close(): Promise<void> {
    this.#closing ??= this.#stack.disposeAsync().catch((error: unknown) => {
      throw new Error(`not everything ended: ${messagesOf(error).join('; ')}`, { cause: error });
    });
    return this.#closing;
  }
}

function messagesOf(error: unknown): string[] {
  if (!(error instanceof SuppressedError)) return [messageOf(error)];
  return [...messagesOf(error.suppressed), ...messagesOf(error.error)];
}
