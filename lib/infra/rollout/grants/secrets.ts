import type { Service } from '../../../config/service.ts';
import { repositorySecrets } from '../../service/secrets.ts';
import type { GrantScope, Grants } from './grant-scope.ts';

/** Secrets of private repositories, for resolving branches. */
export function secretGrants(realm: GrantScope, services: readonly Service[]): Grants<'readSecrets'> {
  return { readSecrets: repositorySecrets(realm.scope, services) };
}
