import { hash } from 'node:crypto';
import type { Credentials } from '../model/credentials.ts';
import type { Role } from './role.ts';

/** An assumed role: of a run of a function, or of an instance. */
export interface Session {
  role: Role;
  /** Name of the function, id of the instance. */
  name: string;
  /** `arn:aws:sts::111111111111:assumed-role/ROLE/NAME` */
  arn: string;
  credentials: Credentials;
}

/** A session of a role; the same name gives the same session again. */
export function newSession(role: Role, name: string, account: string): Session {
  const sessionToken = `${role.id}:${name}`;
  return {
    role,
    name,
    arn: `arn:aws:sts::${account}:assumed-role/${role.name}/${name}`,
    credentials: {
      accessKeyId: `ASIA${digest(sessionToken).slice(0, 16).toUpperCase()}`,
      secretAccessKey: digest(`secret of ${sessionToken}`),
      sessionToken,
    },
  };
}

function digest(text: string): string {
  return hash('sha256', text);
}
