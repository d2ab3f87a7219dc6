import { messageOf } from '../release/errors.ts';

/** Ends what was started, in the opposite order. */
export class Closers {
  readonly #stack = new AsyncDisposableStack();
  #closing: Promise<void> | undefined;

  /** A function that is added after the end runs at once: an interrupted start may still be under way. */
  add(close: () => unknown): void {
    const end = async () => void (await close());
    if (this.#stack.disposed) void end().catch(() => undefined);
    else this.#stack.defer(end);
  }

  /** Runs everything, even if one of them fails, and throws the failures. A second call waits for the first. */
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
