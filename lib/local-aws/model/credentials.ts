/** Keys that sign requests. */
export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  /** Here the same as IAM's `aws:userid`: `<role id>:<session name>`. */
  sessionToken: string;
}
