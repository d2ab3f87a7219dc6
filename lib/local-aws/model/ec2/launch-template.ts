import type {
  LaunchTemplate,
  LaunchTemplateVersion,
  RequestLaunchTemplateData,
  ResponseLaunchTemplateData,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../error.ts';

/** One version of a launch template as it is kept. */
export interface TemplateVersion {
  number: number;
  description: string | undefined;
  data: RequestLaunchTemplateData;
  /** Milliseconds since the epoch. */
  at: number;
}

/** A launch template and its versions; numbers are never used twice. */
export class StoredTemplate {
  readonly id: string;
  readonly name: string;
  readonly at: number;
  readonly tags: { Key?: string | undefined; Value?: string | undefined }[];
  readonly versions = new Map<number, TemplateVersion>();
  default = 1;
  #last = 0;

  constructor(id: string, name: string, at: number, tags: StoredTemplate['tags']) {
    this.id = id;
    this.name = name;
    this.at = at;
    this.tags = tags;
  }

  get latest(): number {
    return Math.max(...this.versions.keys());
  }

  add(version: Omit<TemplateVersion, 'number'>): TemplateVersion {
    this.#last += 1;
    const added = { ...version, number: this.#last };
    this.versions.set(added.number, added);
    return added;
  }

  /** `3`, `$Latest` or `$Default`. */
  version(text: string | undefined): TemplateVersion {
    const number = text === '$Latest' ? this.latest : text === '$Default' ? this.default : Number(text);
    const version = this.versions.get(number);
    if (version) return version;
    throw new AwsError(
      'InvalidLaunchTemplateId.VersionNotFound',
      `Could not find launch template version ${text} of ${this.id}.`,
    );
  }

  describe(): LaunchTemplate {
    return {
      LaunchTemplateId: this.id,
      LaunchTemplateName: this.name,
      CreateTime: new Date(this.at),
      DefaultVersionNumber: this.default,
      LatestVersionNumber: this.latest,
      Tags: this.tags,
    };
  }

  describeVersion(version: TemplateVersion): LaunchTemplateVersion {
    return {
      LaunchTemplateId: this.id,
      LaunchTemplateName: this.name,
      VersionNumber: version.number,
      VersionDescription: version.description,
      CreateTime: new Date(version.at),
      DefaultVersion: version.number === this.default,
      LaunchTemplateData: version.data as ResponseLaunchTemplateData,
    };
  }
}
