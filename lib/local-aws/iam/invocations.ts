/** A right of a service to invoke a function. */
interface Permission {
  functionArn: string;
  /** `events.amazonaws.com` */
  principal: string;
  /** ARN of the resource that calls; undefined: any of the service. */
  sourceArn: string | undefined;
}

/** Resource policies of functions: which services may invoke them without a role. */
export class Invocations {
  readonly #permissions: Permission[] = [];
  readonly #wanted: (Permission & { sourceArn: string })[] = [];

  /** AWS::Lambda::Permission */
  permit(permission: Permission): void {
    this.#permissions.push(permission);
  }

  /** Notes that a service will call a function. */
  expectCall(wanted: Permission & { sourceArn: string }): void {
    this.#wanted.push(wanted);
  }

  /** Calls that Lambda would refuse without telling anybody, one sentence each. */
  get refused(): string[] {
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
