import type { WireRequest } from './message.ts';

/** Who calls which service, as the signature's credential scope says. */
export interface Scope {
  accessKeyId: string;
  service: string;
}

/** From `Authorization` or, of a presigned address, from the query. An unsigned request is S3's. */
export function scopeOf({ headers, query }: WireRequest): Scope | undefined {
  const [, credential] = /Credential=([^,\s]+)/.exec(headers.authorization ?? '') ?? [];
  const [accessKeyId, , , service] = (credential ?? query.get('X-Amz-Credential') ?? '').split('/');
  return accessKeyId && service ? { accessKeyId, service } : undefined;
}

/** Who calls: the session of temporary credentials (`<role id>:<instance id>` of an instance), else the key. */
export function callerOf({ headers }: WireRequest, scope: Scope | undefined): string | undefined {
  return headers['x-amz-security-token'] ?? scope?.accessKeyId;
}
