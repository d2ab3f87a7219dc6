/** Quotes a hostile name for a sentence. Names are bytes, written as latin1. */
export function quoteName(name: string): string {
  return JSON.stringify(Buffer.from(name, 'latin1').toString('utf8').slice(0, 200));
}
