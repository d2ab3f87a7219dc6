/** An error as AWS answers it. `name` is the code, as in the SDK's own errors. */
export class AwsError extends Error {
  readonly code: string;
  /** HTTP status. */
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = status;
  }
}

/** Refuses what the real service could do and this model does not, so that nobody believes it works. */
export function notModelled(what: string): AwsError {
  return new AwsError('NotModelled', `${what} is not part of the local AWS`, 501);
}
