/** An instance profile of IAM and the role in it. */
export interface Profile {
  name: string;
  arn: string;
  /** Name of the role. */
  role: string;
  /** `AROA...` */
  roleId: string;
}

/** Instance profiles, the only part of IAM that the local EC2 needs. */
export class Profiles {
  readonly #profiles = new Map<string, Profile>();

  add(profile: Profile): void {
    this.#profiles.set(profile.name, profile);
  }

  all(): Profile[] {
    return [...this.#profiles.values()];
  }

  /** By name or ARN, as in a launch template. */
  find(by: { Name?: string | undefined; Arn?: string | undefined } | undefined): Profile | undefined {
    return [...this.#profiles.values()].find(
      ({ name, arn }) => by !== undefined && (name === by.Name || arn === by.Arn),
    );
  }
}
