import type { Credentials } from '../model/credentials.ts';
import { AwsError } from '../model/error.ts';
import type { Call } from '../model/faults.ts';
import type { Account } from './account.ts';
import { type Decision, decide } from './decide.ts';
import { Invocations } from './invocations.ts';
import { permissionDenied, unknownCaller } from './refusals.ts';
import type { RequiredPermission } from './required-permission.ts';
import { requiredPermissions } from './required-permissions.ts';
import { Role, type RoleProps } from './role.ts';
import { newSession, type Session } from './session.ts';

/** One right that was asked for. */
export interface AskedPermission {
  session: Session;
  need: RequiredPermission;
  decision: Decision;
}

/** Credentials with every right. */
const administrator: Credentials = {
  accessKeyId: 'AKIAADMINISTRATOR',
  secretAccessKey: 'administrator',
  sessionToken: '',
};

/** IAM: roles, their sessions, and whether a client's call is allowed. */
export class Iam {
  /** Whether calls are checked. Else every caller may do everything. */
  checks = false;
  /** Called with every right that is checked. */
  asked: ((asked: AskedPermission) => void) | undefined;
  /** Documents of managed policies by ARN. */
  readonly managedPolicies = new Map<string, unknown>();
  /** ARNs of the roles that services made for themselves; a new account has none. */
  readonly serviceLinkedRoles = new Set<string>();
  /** Permissions of services that invoke functions without a role. */
  readonly invocations = new Invocations();
  readonly #account: string;
  readonly #keys: Map<string, string>;
  readonly #roles = new Map<string, Role>();
  /** By token. */
  readonly #sessions = new Map<string, Session>();
  /** Sessions by session name and by caller. */
  readonly #named = new Map<string, Session>();

  /** `keys` are those whose signatures the wire checks. */
  constructor(account: string, keys: Map<string, string>) {
    this.#account = account;
    this.#keys = keys;
    keys.set(administrator.accessKeyId, administrator.secretAccessKey);
  }

  /** Credentials with every right. */
  get administrator(): Pick<Credentials, 'accessKeyId' | 'secretAccessKey'> {
    return administrator;
  }

  addRole(props: RoleProps): Role {
    const role = new Role(props, this.managedPolicies);
    this.#roles.set(role.name, role);
    return role;
  }

  /** By name or ARN. */
  role(id: string): Role | undefined {
    return this.#roles.get(id) ?? [...this.#roles.values()].find(({ arn }) => arn === id);
  }

  /** Lets a service assume a role; refused when the role does not trust the service. */
  assume(role: Role, service: string, name: string): Session {
    if (!role.trusts(service))
      throw new AwsError('AccessDenied', `role ${role.name} does not trust ${service}`, 403);
    const session = newSession(role, name, this.#account);
    const { accessKeyId, secretAccessKey, sessionToken } = session.credentials;
    this.#keys.set(accessKeyId, secretAccessKey);
    this.#sessions.set(sessionToken, session);
    this.#named.set(name, session);
    return session;
  }

  /** Credentials of an instance by the role of its profile; undefined when the role does not exist. */
  instance(roleName: string, id: string): Credentials | undefined {
    const role = this.role(roleName);
    return role && this.assume(role, 'ec2.amazonaws.com', id).credentials;
  }

  /** The session of a function, by its name, or of an instance, by its id. */
  session(name: string): Session | undefined {
    return this.#named.get(name);
  }

  /** Lets a caller that signs nothing act in a session: one run of a function without HTTP. */
  act(caller: string, sessionName: string): void {
    const session = this.#named.get(sessionName);
    if (session) this.#named.set(caller, session);
  }

  /** Refuses keys that IAM does not know, and a token that does not belong to its key. */
  admit(service: string, accessKeyId: string | undefined, token: string | undefined): void {
    if (!this.checks || (accessKeyId === administrator.accessKeyId && token === undefined)) return;
    if (accessKeyId && this.#sessions.get(token ?? '')?.credentials.accessKeyId === accessKeyId) return;
    throw unknownCaller(service, accessKeyId);
  }

  /** Refuses a call that its caller's role does not allow. */
  authorize(call: Call, account: Account): void {
    if (!this.checks || call.caller === administrator.accessKeyId) return;
    const session = this.#sessions.get(call.caller ?? '') ?? this.#named.get(call.caller ?? '');
    if (!session) throw unknownCaller(call.service, call.caller);
    for (const need of requiredPermissions(call, account)) {
      const decision = this.decide(session, need);
      if (decision !== 'allowed') throw permissionDenied(call, session, need, decision);
      if (need.action === 'iam:CreateServiceLinkedRole') this.serviceLinkedRoles.add(need.resource);
    }
  }

  /** What the policies of a session's role say about a right. */
  decide(session: Session, need: RequiredPermission): Decision {
    const { role, credentials } = session;
    const keys = { 'aws:userid': credentials.sessionToken, 'aws:PrincipalArn': role.arn };
    const decision = decide(role.statements, need, keys);
    this.asked?.({ session, need, decision });
    return decision;
  }
}
