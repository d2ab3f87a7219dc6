import { notModelled } from '../model/error.ts';
import { parseStatements, parseTrust, type Statement } from './statement.ts';

export interface RoleProps {
  name: string;
  arn: string;
  /** `AROA...` */
  id: string;
  /** AssumeRolePolicyDocument. */
  trust: unknown;
}

/** An IAM role with its policies. Documents are parsed at the first check. */
export class Role {
  readonly name: string;
  readonly arn: string;
  readonly id: string;
  readonly #trust: unknown;
  readonly #inline = new Map<string, unknown>();
  /** ARNs. */
  readonly #managed = new Set<string>();
  readonly #documents: ReadonlyMap<string, unknown>;
  #statements: Statement[] | undefined;

  /** `documents` are those of the managed policies, by ARN. */
  constructor({ name, arn, id, trust }: RoleProps, documents: ReadonlyMap<string, unknown>) {
    this.name = name;
    this.arn = arn;
    this.id = id;
    this.#trust = trust;
    this.#documents = documents;
  }

  /** Puts a policy into the role. */
  put(policy: string, document: unknown): void {
    this.#inline.set(policy, document);
    this.#statements = undefined;
  }

  /** Attaches a managed policy. */
  attach(policyArn: string): void {
    this.#managed.add(policyArn);
    this.#statements = undefined;
  }

  /** Whether a service may assume the role. */
  trusts(service: string): boolean {
    return parseTrust(this.#trust, `trust policy of role ${this.name}`).includes(service);
  }

  /** Of all its policies. */
  get statements(): readonly Statement[] {
    this.#statements ??= [
      ...[...this.#inline].flatMap(([policy, document]) => parseStatements(document, `policy ${policy}`)),
      ...[...this.#managed].flatMap((policyArn) => this.#managedStatements(policyArn)),
    ];
    return this.#statements;
  }

  #managedStatements(policyArn: string): Statement[] {
    const document = this.#documents.get(policyArn);
    if (document === undefined) throw notModelled(`the managed policy ${policyArn} of role ${this.name}`);
    return parseStatements(document, `policy ${policyArn}`);
  }
}
