/** What a person or CI asks for, of one repository. Names are checked before they get here. */
export interface ReleaseRequest {
  branch?: string;
  commit?: string;
  /** Key in the store bucket, or `none`. */
  overlay?: string;
}
