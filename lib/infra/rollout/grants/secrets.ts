import type { Service } from '../../../config/service.ts';
import { repositorySecrets } from '../../service/secrets.ts';
import type { Grants, Realm } from './grant-scope.ts';

/** Secrets of private repositories: branches are resolved with them. */
export function secretGrants(realm: Realm, services: readonly Service[]): Grants<'readSecrets'> {
  return { readSecrets: repositorySecrets(realm.scope, services) };
}
