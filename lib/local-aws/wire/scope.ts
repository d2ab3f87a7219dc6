import type { WireRequest } from './message.ts';

/** Caller and service of a request, from the signature's credential scope. */
export interface Scope {
  accessKeyId: string;
  service: string;
}

/** Reads `Authorization`, or the query of a presigned URL. An unsigned request belongs to S3. */
export function scopeOf({ headers, query }: WireRequest): Scope | undefined {
  const [, credential] = /Credential=([^,\s]+)/.exec(headers.authorization ?? '') ?? [];
  const [accessKeyId, , , service] = (credential ?? query.get('X-Amz-Credential') ?? '').split('/');
  return accessKeyId && service ? { accessKeyId, service } : undefined;
}

/** Who calls: the session of temporary credentials (`<role id>:<instance id>` of an instance), else the key. */
export function callerOf({ headers }: WireRequest, scope: Scope | undefined): string | undefined {
  return headers['x-amz-security-token'] ?? scope?.accessKeyId;
}
