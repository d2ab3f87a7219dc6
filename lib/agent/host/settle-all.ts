type Results<T extends readonly unknown[]> = { -readonly [K in keyof T]: Awaited<T[K]> };

/**
 * Waits for all promises, even after a failure, so that nothing keeps writing behind an error. Then throws the first
 * error.
 */
export async function settleAll<T extends readonly unknown[] | []>(work: T): Promise<Results<T>> {
  const settled = await Promise.allSettled(work);
  return settled.map((each) => {
    if (each.status === 'rejected') throw each.reason;
    return each.value;
  }) as Results<T>;
}
