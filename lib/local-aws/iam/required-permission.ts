import type { Keys } from './keys.ts';

/** One right that a request needs. */
export interface RequiredPermission {
  /** `ssm:GetParameter` */
  action: string;
  /** ARN of what is acted on; `*` for actions that know no resources. */
  resource: string;
  /** Condition keys besides those of every request. */
  keys?: Keys;
}

/** The same right on several resources. */
export function onEach(action: string, resources: readonly string[], keys: Keys = {}): RequiredPermission[] {
  return resources.map((resource) => ({ action, resource, keys }));
}

/** A right on everything: most listings know no resources. */
export function onAll(action: string): RequiredPermission[] {
  return [{ action, resource: '*' }];
}
