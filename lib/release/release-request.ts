/** Request of a person or CI for one repository. Names are checked before. */
export interface ReleaseRequest {
  branch?: string;
  commit?: string;
  /** Key in the store bucket, or `none`. */
  overlay?: string;
}
