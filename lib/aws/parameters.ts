/** One version of a parameter. */
export interface Parameter {
  /** Without the version. */
  name: string;
  value: string;
  version: number;
}

/** SSM Parameter Store. "Not found" is `undefined`; "could not ask" throws AwsFailed. */
export interface Parameters {
  /** Newest version as far as the service knows: may be stale. */
  get(name: string): Promise<Parameter | undefined>;
  /** Exactly this version; one that is not visible yet is asked for again, up to `waitSeconds`, then AwsFailed. */
  getVersion(name: string, version: number): Promise<Parameter>;
  /** Writes a new version and gives its number. */
  put(name: string, value: string): Promise<number>;
}
