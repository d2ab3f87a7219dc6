/** An error answer of AWS. `name` is the code, as in the SDK's errors. */
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

/** Error for a feature of the real service that is not modelled. */
export function notModelled(what: string): AwsError {
  return new AwsError('NotModelled', `${what} is not part of the local AWS`, 501);
}
