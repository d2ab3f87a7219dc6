export interface TemplateVersion {
  version: number;
  description: string;
}

export interface Pin {
  id: string;
  /** Version to start from. */
  source: number;
  imageId: string;
  description: string;
  /** The same token gives the same version again. */
  token: string;
}

/** EC2 launch templates. */
export interface Templates {
  /** All versions, newest first. */
  versions(id: string): Promise<TemplateVersion[]>;
  /** The image id of a version, a parameter in its place resolved. */
  image(id: string, version: number): Promise<string>;
  /** Makes a version with the image resolved; gives its number. */
  pin(pin: Pin): Promise<number>;
  /** Deletes a version; one that is gone is fine. */
  delete(id: string, version: number): Promise<void>;
}
