/**
 * Why an archive is not used. `isSuspect`: it is not what it says it is, so someone or something damaged it; else it is
 * honest and does not serve.
 */
export class Rejection extends Error {
  readonly isSuspect: boolean;

  constructor(message: string, isSuspect = true) {
    super(message);
    this.isSuspect = isSuspect;
  }
}

/** A hostile name in a sentence. */
export function quoteName(name: string): string {
  return JSON.stringify(Buffer.from(name, 'latin1').toString('utf8').slice(0, 200));
}
