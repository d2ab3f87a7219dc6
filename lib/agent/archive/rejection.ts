/**
 * Why an archive is not used. `isSuspect`: its content does not match its name, so someone or something damaged it;
 * otherwise it is honest but unsuitable.
 */
export class Rejection extends Error {
  readonly isSuspect: boolean;

  constructor(message: string, isSuspect = true) {
    super(message);
    this.isSuspect = isSuspect;
  }
}

/** Quotes a hostile name for a sentence. */
export function quoteName(name: string): string {
  return JSON.stringify(Buffer.from(name, 'latin1').toString('utf8').slice(0, 200));
}
