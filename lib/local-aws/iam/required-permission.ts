import type { Keys } from './keys.ts';

/** One right that a request needs. */
export interface RequiredPermission {
  /** `ssm:GetParameter` */
  action: string;
  /** ARN of the resource; `*` for actions without resource-level permissions. */
  resource: string;
  /** Condition keys besides those of every request. */
  keys?: Keys;
}

/** The same right on several resources. */
export function onEach(action: string, resources: readonly string[], keys: Keys = {}): RequiredPermission[] {
  return resources.map((resource) => ({ action, resource, keys }));
}

/** A right on `*`: most listings have no resource-level permissions. */
export function onAll(action: string): RequiredPermission[] {
  return [{ action, resource: '*' }];
}
