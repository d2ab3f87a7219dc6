/** A right of a service to invoke a function. */
interface Permission {
  functionArn: string;
  /** `events.amazonaws.com` */
  principal: string;
  /** What calls; undefined: anything of the service. */
  sourceArn: string | undefined;
}

/** Who may invoke functions without a role: what stands in the functions' own policies. */
export class Invocations {
  readonly #permissions: Permission[] = [];
  readonly #wanted: (Permission & { sourceArn: string })[] = [];

  /** AWS::Lambda::Permission */
  permit(permission: Permission): void {
    this.#permissions.push(permission);
  }

  /** Something will call a function in the name of a service. */
  want(wanted: Permission & { sourceArn: string }): void {
    this.#wanted.push(wanted);
  }

  /** Calls that Lambda would refuse, in sentences: nobody would ever hear of them. */
  get missing(): string[] {
    return this.#wanted
      .filter((wanted) => !this.#permissions.some((permission) => covers(permission, wanted)))
      .map(({ functionArn, sourceArn }) => `${sourceArn} has no permission to invoke ${functionArn}`);
  }
}

function covers(permission: Permission, { functionArn, principal, sourceArn }: Permission): boolean {
  return (
    permission.functionArn === functionArn &&
    permission.principal === principal &&
    (permission.sourceArn === undefined || permission.sourceArn === sourceArn)
  );
}
