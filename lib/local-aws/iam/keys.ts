import { notModelled } from '../model/error.ts';

type Tags = Readonly<Record<string, string>>;

/**
 * Condition keys of a request. A name that ends with `/` holds a family, such as `aws:ResourceTag/`; undefined is a key
 * that the action knows and this request lacks.
 */
export type Keys = Readonly<Record<string, string | Tags | undefined>>;

/** Value of a condition key; throws for a key that the action is not known to have. */
export function keyOf(keys: Keys, name: string, action: string): string | undefined {
  const slash = name.indexOf('/') + 1;
  const known = Object.keys(keys).find((each) => isSame(each, slash > 0 ? name.slice(0, slash) : name));
  if (known === undefined) throw notModelled(`the condition key ${name} of ${action}`);
  const value = keys[known];
  if (typeof value !== 'object') return value;
  const tag = Object.keys(value).find((each) => isSame(each, name.slice(slash)));
  return tag === undefined ? undefined : value[tag];
}

/** Names of condition keys differ by more than their case. */
function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** Keys that tell the tags of a resource: AWS's own and the service's. */
export function resourceTags(service: string, tags: Tags): Keys {
  return { 'aws:ResourceTag/': tags, [`${service}:ResourceTag/`]: tags };
}

/** Keys that tell the tags that a request gives. */
export function requestTags(
  tags: readonly { Key?: string | undefined; Value?: string | undefined }[] = [],
): Keys {
  return {
    'aws:RequestTag/': Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value])),
  };
}
