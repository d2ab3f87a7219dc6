/** Secrets Manager. */
export interface Secrets {
  /** Value of a secret by name or ARN; throws AwsFailed when there is none or it may not be read. */
  get(id: string): Promise<string>;
}
